using AlignBench.Features;
using AlignBench.Features.Storage;
using AlignBench.Similarity;

namespace AlignBench.Experiments.Measures;

/// <summary>A feature file, or a matrix made elsewhere, with the rows of each item.</summary>
internal sealed class ItemFeatures
{
    private readonly Func<IReadOnlyList<string[]>, FeatureMatrix> _average;
    private readonly Func<string, int> _contentOf;
    private readonly Dictionary<string, List<string>> _entries = [];

    private ItemFeatures(
        string path,
        string model,
        string selection,
        bool? areCaptions,
        IEnumerable<string> entries,
        Func<string, int> contentOf,
        Func<IReadOnlyList<string[]>, FeatureMatrix> average)
    {
        Path = path;
        Model = model;
        Selection = selection;
        _contentOf = contentOf;
        _average = average;
        foreach (string entry in entries)
        {
            string item = DatasetExtraction.ItemOf(entry);
            if (!_entries.TryGetValue(item, out List<string>? own))
            {
                own = [];
                _entries.Add(item, own);
            }

            own.Add(entry);
        }

        AreCaptions = areCaptions ?? _entries.Values.Any(own => own.Count > 1);
    }

    public string Path { get; }

    public string Model { get; }

    public string Selection { get; }

    /// <summary>Whether an item's first captions are averaged; else its first row counts.</summary>
    public bool AreCaptions { get; }

    /// <summary>Items with an entry that was not skipped.</summary>
    public int Count => _entries.Count;

    /// <param name="path">Written by <c>alignbench extract</c>, or a plain matrix (<see cref="MatrixFile"/>).</param>
    /// <param name="idsFile">The ids of a plain matrix's rows.</param>
    /// <param name="areCaptions">
    /// Whether a plain matrix is of captions, which it does not say; null: if some item has several rows.
    /// </param>
    /// <exception cref="AlignBenchException">The file can't be read, or ids are missing or too many.</exception>
    public static ItemFeatures Load(string path, string? idsFile = null, bool? areCaptions = null)
    {
        if (MatrixFile.IsPlain(path))
        {
            return LoadPlain(path, idsFile, areCaptions);
        }

        if (idsFile is not null)
        {
            throw new DataException($"{path}: a feature file has its own ids, {idsFile} has no meaning for it");
        }

        using FeatureFile file = new(path);
        FeatureTable table = FeatureTable.Load(file);
        return new ItemFeatures(
            path,
            file.Model,
            file.Selection,
            file.Content == FeatureFile.Captions,
            file.ReadEntries().Ids.Where(table.Contains),
            table.RowOf,
            table.Average);
    }

    /// <summary>Items that both files have, with enough captions in each that holds captions, in x's order.</summary>
    public static string[] Paired(ItemFeatures x, ItemFeatures y, int captions) =>
        [.. x._entries.Keys.Where(item => x.Has(item, captions) && y.Has(item, captions))];

    /// <summary>
    /// [items, d]: the mean of each item's first captions, or its first image.
    /// </summary>
    /// <exception cref="DataException">A value is not finite.</exception>
    public FeatureMatrix Of(IReadOnlyList<string> items, int captions)
    {
        int count = AreCaptions ? captions : 1;
        FeatureMatrix features = _average([.. items.Select(item => (string[])[.. _entries[item].Take(count)])]);
        for (int i = 0; i < features.Rows; i++)
        {
            foreach (double value in features.Row(i))
            {
                if (!double.IsFinite(value))
                {
                    throw new DataException(
                        $"{Path}: {Model} {Selection}: item {items[i]}: expected finite features, got {value}");
                }
            }
        }

        return features;
    }

    /// <summary>
    /// [items] numbers of the contents that <see cref="Of"/> takes: equal for equal images or texts, and in a plain
    /// matrix, which knows no better, for equal features.
    /// </summary>
    public int[][] Contents(IReadOnlyList<string> items, int captions)
    {
        int count = AreCaptions ? captions : 1;
        return [.. items.Select(item => _entries[item].Take(count).Select(_contentOf).ToArray())];
    }

    private static ItemFeatures LoadPlain(string path, string? idsFile, bool? areCaptions)
    {
        if (idsFile is null)
        {
            throw new DataException(
                $"{path}: a plain matrix needs a file with the ids of its rows, one a line (--vision-ids, --language-ids)");
        }

        FeatureMatrix matrix = MatrixFile.Read(path);
        string[] ids = MatrixFile.ReadIds(idsFile, path, matrix.Rows);
        Dictionary<string, int> rowOf = ids.Index().ToDictionary(id => id.Item, id => id.Index);
        int[] equal = ItemGroups.EqualRows(matrix);
        return new ItemFeatures(
            path,
            System.IO.Path.GetFileNameWithoutExtension(path),
            "given",
            areCaptions,
            ids,
            id => equal[rowOf[id]],
            groups => Average(matrix, [.. groups.Select(ofItem => ofItem.Select(id => rowOf[id]).ToArray())]));
    }

    private static FeatureMatrix Average(FeatureMatrix matrix, int[][] groups)
    {
        double[] means = new double[(long)groups.Length * matrix.Columns];
        for (int i = 0; i < groups.Length; i++)
        {
            Span<double> mean = means.AsSpan(i * matrix.Columns, matrix.Columns);
            foreach (int row in groups[i])
            {
                for (int j = 0; j < mean.Length; j++)
                {
                    mean[j] += matrix.Row(row)[j] / groups[i].Length;
                }
            }
        }

        return new FeatureMatrix(groups.Length, matrix.Columns, means);
    }

    private bool Has(string item, int captions) =>
        _entries.TryGetValue(item, out List<string>? own) && own.Count >= (AreCaptions ? captions : 1);
}
