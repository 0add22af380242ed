using AlignBench.Data;
using AlignBench.Features;

namespace AlignBench.Experiments;

/// <summary>Gathers the features of an adapter study: from files, or by the models whatever the store lacks.</summary>
/// <param name="study">Sides and rows.</param>
/// <param name="features">Extracts.</param>
/// <param name="digests">Told of the files that are read.</param>
internal sealed class AdapterDataReader(AdapterStudyConfig study, PlanFeatures features, FileDigests digests)
{
    private readonly int _captions = study.Adapters.Max(adapter => adapter.Settings.Captions!.Value);

    /// <param name="dataset">Null if every side is read from a file.</param>
    /// <param name="cancellation">Stops between two items; stored features are kept.</param>
    /// <exception cref="AlignBenchException">A model, a file or the data can't be used.</exception>
    public AdapterData Read(IDataset? dataset, CancellationToken cancellation)
    {
        SideSource[] sides =
        [
            .. study.Modalities.Append(study.Reference).Select(side => new SideSource(side, study.Root, _captions)),
        ];
        List<SkippedRow> skipped = [];
        Item[] items = dataset is null ? [] : ReadItems(dataset, skipped, cancellation);
        FeatureTable?[] tables =
        [
            .. sides.Select(side => side.Model is null ? null : side.Extract(features, dataset!, items, cancellation)),
        ];
        foreach (SkippedImage left in tables.OfType<FeatureTable>().SelectMany(table => table.Skipped))
        {
            skipped.Add(new SkippedRow(left.Id, left.Reason));
        }

        Item[] whole =
        [
            .. items.Where(item => sides.Zip(tables).All(pair =>
                pair.Second is null || pair.First.Entries(item).All(pair.Second.Contains))),
        ];
        int count = dataset is null ? Limit(sides[^1].ItemsInFile()) : whole.Length;
        AdapterSide[] read =
        [
            .. sides.Zip(tables, (side, table) => new AdapterSide(
                side.Name,
                side.RowsPerItem,
                table is null ? side.ReadFile(count, digests) : Rows(side, table, whole))),
        ];
        return new AdapterData(count, read[..^1], read[^1].First(1), skipped);
    }

    private static FeatureMatrix Rows(SideSource side, FeatureTable table, Item[] items) =>
        table.Average([.. items.SelectMany(side.Entries).Select(entry => (string[])[entry])]);

    private int Limit(int items) => study.Evaluation.Rows is > 0 and int rows ? Math.Min(rows, items) : items;

    private Item[] ReadItems(IDataset dataset, List<SkippedRow> skipped, CancellationToken cancellation)
    {
        DatasetItems read = dataset.ReadItems(cancellation);
        DatasetExtraction.ThrowIfTooMany(read.Skipped, study.MaxSkipped);
        skipped.AddRange(read.Skipped);
        Item[] usable = [.. read.Items.Where(IsUsable)];
        skipped.AddRange(read.Items.Where(item => !IsUsable(item)).Select(item => new SkippedRow(
            item.Id, $"{item.Images.Length} images and {item.Captions.Length} captions, expected 1 and {_captions}")));
        return usable[..Limit(usable.Length)];

        bool IsUsable(Item item) => item.Images.Length > 0 && item.Captions.Length >= _captions;
    }
}
