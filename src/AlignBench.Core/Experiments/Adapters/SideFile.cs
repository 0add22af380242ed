using AlignBench.Features;
using AlignBench.Features.Storage;
using AlignBench.Safetensors;

namespace AlignBench.Experiments.Adapters;

/// <summary>Features of one side that are in a file: what <c>alignbench extract</c> wrote, or a matrix made elsewhere.</summary>
internal sealed class SideFile
{
    private readonly string _path;
    private readonly FeatureMatrix _values;                 // [n * c, d]
    private readonly Dictionary<string, int>? _rowOfId;     // null: rows have no names

    private SideFile(string path, FeatureMatrix values, Dictionary<string, int>? rowOfId)
    {
        _path = path;
        _values = values;
        _rowOfId = rowOfId;
        int bad = Array.FindIndex(values.Values, value => !double.IsFinite(value));
        if (bad >= 0)
        {
            throw new DataException(
                $"{path}: expected finite features, got {values.Values[bad]} in row {bad / values.Columns}");
        }
    }

    /// <summary>Whether rows have ids; if not, row i belongs to item i.</summary>
    public bool HasIds => _rowOfId is not null;

    public int Rows => _values.Rows;

    /// <summary>The items that rows are named after, in the rows' order; several rows of one are named <c>ITEM#K</c>.</summary>
    public IEnumerable<string> Items => _rowOfId!.Keys.Select(ItemOf).Distinct();

    /// <exception cref="AlignBenchException">The file can't be used.</exception>
    public static SideFile Read(SideConfig side, FileDigests digests)
    {
        string path = side.File!;
        digests.Of(path);
        if (side.Ids is not null)
        {
            digests.Of(side.Ids);
        }

        if (Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase))
        {
            FeatureMatrix matrix = MatrixFile.Read(path);
            return new SideFile(path, matrix, RowsOfIds(side, matrix.Rows));
        }

        if (!MatrixFile.IsPlain(path))
        {
            using FeatureFile stored = new(path);
            FeatureTable table = FeatureTable.Load(stored);
            string[] ids = [.. stored.ReadEntries().Ids.Where(table.Contains)];
            return new SideFile(
                path, table.Average([.. ids.Select(id => (string[])[id])]),
                ids.Select((id, row) => (id, row)).ToDictionary(pair => pair.id, pair => pair.row));
        }

        FeatureMatrix values = ReadTensor(side);
        return new SideFile(path, values, RowsOfIds(side, values.Rows));
    }

    public bool Has(string entry) => RowOf(entry) >= 0;

    /// <summary>The rows of some entries, <c>ITEM#K</c>; <c>ITEM</c> in the file is <c>ITEM#0</c>.</summary>
    public FeatureMatrix Of(IEnumerable<string> entries) => _values.SelectRows([.. entries.Select(RowOf)]);

    /// <summary>The first rows.</summary>
    /// <exception cref="DataException">There are fewer.</exception>
    public FeatureMatrix First(int rows) => rows <= _values.Rows
        ? _values.SelectRows([.. Enumerable.Range(0, rows)])
        : throw new DataException($"{_path}: expected {rows} rows, got [{_values.Rows}, {_values.Columns}]");

    private int RowOf(string entry) =>
        _rowOfId!.TryGetValue(entry, out int row) ? row
        : entry.EndsWith("#0", StringComparison.Ordinal) && _rowOfId.TryGetValue(entry[..^2], out row) ? row
        : -1;

    private static string ItemOf(string id)
    {
        int mark = id.LastIndexOf('#');
        return mark > 0 && id.AsSpan(mark + 1).IndexOfAnyExceptInRange('0', '9') < 0 && mark + 1 < id.Length ? id[..mark] : id;
    }

    private static Dictionary<string, int>? RowsOfIds(SideConfig side, int rows) => side.Ids is null
        ? null
        : MatrixFile.ReadIds(side.Ids, side.File!, rows)
            .Select((id, row) => (id, row)).ToDictionary(pair => pair.id, pair => pair.row);

    // By the side's name among several tensors; alone, or named features, whatever it is called.
    private static FeatureMatrix ReadTensor(SideConfig side)
    {
        string name = side.Tensor ?? side.Name;
        using SafetensorsFile file = SafetensorsFile.Open(side.File!);
        if (side.Tensor is null && !file.Tensors.ContainsKey(name))
        {
            return MatrixFile.Read(side.File!);
        }

        if (!file.Tensors.TryGetValue(name, out StoredTensor? stored) || stored.Shape.Count != 2)
        {
            throw new DataException($"{side.File}: expected a tensor {name} of two dimensions");
        }

        double[] values = stored.Type switch
        {
            StoredType.F64 => file.Read<double>(name),
            StoredType.F32 => [.. file.Read<float>(name).Select(value => (double)value)],
            _ => throw new DataException($"{side.File}: tensor {name}: expected F32 or F64, got {stored.Description}"),
        };
        return new FeatureMatrix((int)stored.Shape[0], (int)stored.Shape[1], values);
    }
}
