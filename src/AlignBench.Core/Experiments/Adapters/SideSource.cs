using System.Globalization;
using AlignBench.Data;
using AlignBench.Features;

namespace AlignBench.Experiments.Adapters;

/// <summary>One side of an adapter study, found and looked at before any work is done.</summary>
internal sealed class SideSource
{
    private readonly SideConfig _side;
    private readonly string[] _selections = [];     // side by side

    /// <param name="side">What the file says of it.</param>
    /// <param name="root">Where relative folders start.</param>
    /// <param name="captions">Captions an image that some adapter takes.</param>
    /// <param name="precision">A name of <see cref="EncoderPrecision"/>.</param>
    /// <exception cref="CheckpointException">The model can't be used.</exception>
    public SideSource(SideConfig side, string root, int captions, string precision)
    {
        _side = side;
        if (side.Model is null)
        {
            RowsPerItem = side.RowsPerItem ?? 1;
            return;
        }

        ModelSource model = ModelSource.Find(side.Model, root, precision).WithInput(
            side.ImageProcessor is null or "own" ? null : side.ImageProcessor,
            side.MaxTokens is > 0 ? side.MaxTokens : null);
        Content = side.Of is not null ? AdapterWords.Of(AdapterWords.Contents, side.Of)
            : model.EncodesSounds ? SideContent.Sounds
            : model.EncodesImages ? SideContent.Images
            : SideContent.Captions;
        Model = Content switch
        {
            SideContent.Images => model.RequireImages(),
            SideContent.Sounds => model.RequireSounds(),
            _ => model.RequireCaptions(),
        };
        _selections = side.Features!.Split('+', StringSplitOptions.TrimEntries);
        Model.Check(_selections);
        RowsPerItem = Content == SideContent.Captions ? captions : 1;
    }

    public string Name => _side.Name;

    /// <summary>What the model encodes; null for a side that is read from a file.</summary>
    public SideContent? Content { get; }

    /// <summary>Null for a side that is read from a file.</summary>
    public ModelSource? Model { get; }

    public int RowsPerItem { get; }

    /// <summary>An item's entries in the feature store.</summary>
    public IEnumerable<string> Entries(Item item) =>
        Enumerable.Range(0, RowsPerItem).Select(k => DatasetExtraction.Entry(item, k));

    /// <summary>An item's entries in a file whose rows have ids.</summary>
    public IEnumerable<string> Entries(string item) =>
        Enumerable.Range(0, RowsPerItem).Select(k => string.Create(CultureInfo.InvariantCulture, $"{item}#{k}"));

    /// <summary>The model's features of the items' entries.</summary>
    public FeatureTable Extract(PlanFeatures features, IDataset dataset, Item[] items, CancellationToken cancellation)
    {
        string[] entries = [.. items.SelectMany(Entries)];
        FeatureRequests requests = new(dataset, items, features.MaxSkipped);
        return Beside(Content switch
        {
            SideContent.Images => features.Of(requests.Images(entries), Model!, _selections, cancellation),
            SideContent.Sounds => features.Of(requests.Sounds(entries), Model!, _selections, cancellation),
            _ => features.Of(requests.Captions(entries), Model!, _selections, cancellation),
        });
    }

    /// <summary>The model's features of some texts.</summary>
    /// <param name="features">Extracts.</param>
    /// <param name="name">Folder in the feature store.</param>
    /// <param name="texts">Any number of them; equal ones are encoded once.</param>
    /// <param name="cancellation">Stops between two texts.</param>
    /// <returns>[texts, d].</returns>
    public FeatureMatrix ExtractTexts(PlanFeatures features, string name, string[] texts, CancellationToken cancellation)
    {
        string[] ids = [.. Enumerable.Range(0, texts.Length).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        CaptionRequest request = new() { Dataset = name, Ids = ids, Texts = texts };
        FeatureTable table = Beside(features.Of(request, Model!, _selections, cancellation));
        return table.Average([.. ids.Select(id => (string[])[id])]);
    }

    private static FeatureTable Beside(FeatureTable[] tables) => tables.Skip(1).Aggregate(tables[0], (left, right) => left.Beside(right));
}
