using AlignBench.Data;
using AlignBench.Features;
using AlignBench.Features.Storage;

namespace AlignBench.Experiments.Adapters;

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
            .. study.Modalities.Append(study.Reference)
                .Select(side => new SideSource(side, study.Root, _captions, study.Precision)),
        ];
        SideFile?[] files =
            [.. study.Modalities.Append(study.Reference).Select(side => side.File is null ? null : SideFile.Read(side, digests))];
        List<SkippedRow> skipped = [];
        if (dataset is null)
        {
            return ReadFiles(sides, [.. files.OfType<SideFile>()], skipped);
        }

        Item[] items = ReadItems(dataset, sides, skipped, cancellation);
        FeatureTable?[] tables =
        [
            .. sides.Select(side => side.Model is null ? null : side.Extract(features, dataset, items, cancellation)),
        ];
        foreach (SkippedImage left in tables.OfType<FeatureTable>().SelectMany(table => table.Skipped))
        {
            skipped.Add(new SkippedRow(left.Id, left.Reason));
        }

        bool Has(int s, Item item) => tables[s] is FeatureTable table
            ? sides[s].Entries(item).All(table.Contains)
            : !files[s]!.HasIds || sides[s].Entries(item).All(files[s]!.Has);
        Item[] whole = [.. items.Where(item => Enumerable.Range(0, sides.Length).All(s => Has(s, item)))];
        SkipLacking(sides, files, [.. items.Select(item => item.Id)], skipped);
        return Assemble(whole.Length, sides, s =>
            tables[s] is FeatureTable table ? Rows(sides[s], table, whole)
            : files[s]!.HasIds ? files[s]!.Of(whole.SelectMany(sides[s].Entries))
            : files[s]!.First(whole.Length * sides[s].RowsPerItem), skipped) with
        {
            Groups = [.. whole.Select(item => item.Group)],
        };
    }

    // By the ids of the first side's rows if they have any, else row by row.
    private AdapterData ReadFiles(SideSource[] sides, SideFile[] files, List<SkippedRow> skipped)
    {
        if (files.All(file => !file.HasIds))
        {
            int count = Limit(files.Zip(sides, (file, side) => file.Rows / side.RowsPerItem).Last());
            return Assemble(count, sides, s => files[s].First(count * sides[s].RowsPerItem), skipped);
        }

        int nameless = Array.FindIndex(files, file => !file.HasIds);
        if (nameless >= 0)
        {
            throw new ConfigException(
                $"side '{sides[nameless].Name}': expected ids: other sides have them, and rows are paired by them");
        }

        string[] items = [.. files[0].Items];
        items = items[..Limit(items.Length)];
        SkipLacking(sides, files, items, skipped);
        string[] whole =
        [
            .. items.Where(item => Enumerable.Range(0, sides.Length).All(s => sides[s].Entries(item).All(files[s].Has))),
        ];
        return Assemble(whole.Length, sides, s => files[s].Of(whole.SelectMany(sides[s].Entries)), skipped);
    }

    private void SkipLacking(SideSource[] sides, SideFile?[] files, string[] items, List<SkippedRow> skipped)
    {
        List<SkippedRow> lacking = [];
        for (int s = 0; s < sides.Length; s++)
        {
            if (files[s] is SideFile { HasIds: true } file)
            {
                lacking.AddRange(items.Where(item => !sides[s].Entries(item).All(file.Has))
                    .Select(item => new SkippedRow(item, $"not in the file of side '{sides[s].Name}'")));
            }
        }

        DatasetExtraction.ThrowIfTooMany(lacking, study.MaxSkipped);
        skipped.AddRange(lacking);
    }

    private static AdapterData Assemble(
        int count, SideSource[] sides, Func<int, FeatureMatrix> rows, List<SkippedRow> skipped)
    {
        AdapterSide[] read = [.. sides.Select((side, s) => new AdapterSide(side.Name, side.RowsPerItem, rows(s)))];
        return new AdapterData(count, read[..^1], read[^1].First(1), skipped);
    }

    private static FeatureMatrix Rows(SideSource side, FeatureTable table, Item[] items) =>
        table.Average([.. items.SelectMany(side.Entries).Select(entry => (string[])[entry])]);

    private int Limit(int items) => study.Evaluation.Rows is > 0 and int rows ? Math.Min(rows, items) : items;

    private Item[] ReadItems(
        IDataset dataset, SideSource[] sides, List<SkippedRow> skipped, CancellationToken cancellation)
    {
        ItemNeeds needs = new([.. sides.Select(side => side.Content)], _captions);
        DatasetItems read = dataset.ReadItems(cancellation);
        DatasetExtraction.ThrowIfTooMany(read.Skipped, study.MaxSkipped);
        skipped.AddRange(read.Skipped);
        Item[] usable = [.. read.Items.Where(needs.AreMetBy)];
        skipped.AddRange(read.Items.Where(item => !needs.AreMetBy(item))
            .Select(item => new SkippedRow(item.Id, needs.Unmet(item))));
        DatasetExtraction.ThrowIfTooMany(skipped, study.MaxSkipped);
        if (AdapterWords.Of(AdapterWords.Pictures, study.Picture))
        {
            skipped.AddRange(usable.Where(item => Preferred(item) < 0).Select(item => new SkippedRow(item.Id, "no picture is preferred")));
            usable = [.. usable.Where(item => Preferred(item) >= 0).Select(WithPreferredAlone)];
        }

        return usable[..Limit(usable.Length)];
    }

    private static int Preferred(Item item) => Array.IndexOf(item.Labels, 1.0);

    private static Item WithPreferredAlone(Item item) => item with
    {
        Images = [item.Images[Preferred(item)]],
        Labels = [1.0],
    };
}
