using AlignBench.Features;

namespace AlignBench.Experiments;

/// <summary>A stored feature file with the entries of each item.</summary>
internal sealed class ItemFeatures
{
    private readonly FeatureTable _table;
    private readonly Dictionary<string, List<string>> _entries = [];
    private readonly string? _content;

    private ItemFeatures(FeatureFile file)
    {
        Path = file.Path;
        Model = file.Model;
        Selection = file.Selection;
        _content = file.Content;
        _table = FeatureTable.Load(file);
        foreach (string entry in file.ReadEntries().Ids.Where(_table.Contains))
        {
            string item = DatasetExtraction.ItemOf(entry);
            if (!_entries.TryGetValue(item, out List<string>? own))
            {
                own = [];
                _entries.Add(item, own);
            }

            own.Add(entry);
        }
    }

    public string Path { get; }

    public string Model { get; }

    public string Selection { get; }

    public bool AreCaptions => _content == FeatureFile.Captions;

    /// <summary>Items with an entry that was not skipped.</summary>
    public int Count => _entries.Count;

    /// <exception cref="AlignBenchException">The file can't be read.</exception>
    public static ItemFeatures Load(string path)
    {
        using FeatureFile file = new(path);
        return new ItemFeatures(file);
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
        FeatureMatrix features = _table.Average([.. items.Select(item => (string[])[.. _entries[item].Take(count)])]);
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

    private bool Has(string item, int captions) =>
        _entries.TryGetValue(item, out List<string>? own) && own.Count >= (AreCaptions ? captions : 1);
}
