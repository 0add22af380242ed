using AlignBench.Data;
using AlignBench.Features;
using AlignBench.Safetensors;

namespace AlignBench.Experiments;

/// <summary>One side of an adapter study, found and looked at before any work is done.</summary>
internal sealed class SideSource
{
    private readonly SideConfig _side;
    private readonly bool _isImages;

    /// <param name="side">What the file says of it.</param>
    /// <param name="root">Where relative folders start.</param>
    /// <param name="captions">Captions an image that some adapter takes.</param>
    /// <exception cref="CheckpointException">The model can't be used.</exception>
    public SideSource(SideConfig side, string root, int captions)
    {
        _side = side;
        if (side.Model is null)
        {
            RowsPerItem = side.RowsPerItem ?? 1;
            return;
        }

        ModelSource model = ModelSource.Find(side.Model, root).WithInput(
            side.ImageProcessor is null or "own" ? null : side.ImageProcessor,
            side.MaxTokens is > 0 ? side.MaxTokens : null);
        _isImages = side.Of is null ? model.EncodesImages : side.Of == "images";
        Model = _isImages ? model.RequireImages() : model.RequireCaptions();
        Model.Check([side.Features!]);
        RowsPerItem = _isImages ? 1 : captions;
    }

    public string Name => _side.Name;

    /// <summary>Null for a side that is read from a file.</summary>
    public ModelSource? Model { get; }

    public int RowsPerItem { get; }

    /// <summary>An item's entries in the feature store.</summary>
    public IEnumerable<string> Entries(Item item) =>
        Enumerable.Range(0, RowsPerItem).Select(k => DatasetExtraction.Entry(item, k));

    /// <summary>The model's features of the items' entries.</summary>
    public FeatureTable Extract(PlanFeatures features, IDataset dataset, Item[] items, CancellationToken cancellation)
    {
        string[] entries = [.. items.SelectMany(Entries)];
        FeatureRequests requests = new(dataset, items, features.MaxSkipped);
        string[] selections = [_side.Features!];
        return _isImages
            ? features.Of(requests.Images(entries), Model!, selections, cancellation)[0]
            : features.Of(requests.Captions(entries), Model!, selections, cancellation)[0];
    }

    /// <summary>Rows of the file's tensor; a multiple of <see cref="RowsPerItem"/> of them counts.</summary>
    public int ItemsInFile()
    {
        using SafetensorsFile file = SafetensorsFile.Open(_side.File!);
        return (int)(Tensor(file).Shape[0] / RowsPerItem);
    }

    /// <summary>The file's features of the first <paramref name="items"/> items.</summary>
    /// <exception cref="DataException">There are fewer, or a value is not finite.</exception>
    public FeatureMatrix ReadFile(int items, FileDigests digests)
    {
        digests.Of(_side.File!);
        using SafetensorsFile file = SafetensorsFile.Open(_side.File!);
        StoredTensor stored = Tensor(file);
        int rows = items * RowsPerItem;
        int columns = (int)stored.Shape[1];
        double[] values = stored.Type == StoredType.F64
            ? file.Read<double>(stored.Name)
            : [.. file.Read<float>(stored.Name).Select(value => (double)value)];
        int bad = Array.FindIndex(values, value => !double.IsFinite(value));
        return stored.Shape[0] >= rows && bad < 0
            ? new FeatureMatrix(rows, columns, values[..(rows * columns)])
            : throw new DataException(
                $"{_side.File}: tensor {stored.Name}: expected {rows} rows of finite numbers, got {stored.Description}"
                + (bad < 0 ? "" : $", {values[bad]} in row {bad / columns}"));
    }

    private StoredTensor Tensor(SafetensorsFile file)
    {
        string name = _side.Tensor ?? _side.Name;
        return file.Tensors.TryGetValue(name, out StoredTensor? stored) && stored.Shape.Count == 2
            ? stored
            : throw new DataException($"{_side.File}: expected a tensor {name} of two dimensions");
    }
}
