using AlignBench.Adapters;
using AlignBench.Data;
using AlignBench.Features;
using AlignBench.Features.Storage;

namespace AlignBench.Experiments.Adapters;

/// <summary>Frozen features of a zero-shot task.</summary>
/// <param name="Config">What the file says of it.</param>
/// <param name="Classes">c of them.</param>
/// <param name="Labels">[n].</param>
/// <param name="Images">[n, d] of the first side's model.</param>
/// <param name="Prompts">[c * p, d] of the second side's model, class by class.</param>
/// <param name="Reference">[n, e] of the reference's model; null if that is a file's, or encodes no images.</param>
/// <param name="Head">Null if none is given.</param>
/// <param name="Skipped">Images that were left out.</param>
internal sealed record ZeroShotData(
    ZeroShotConfig Config,
    ZeroShotClasses Classes,
    int[] Labels,
    FeatureMatrix Images,
    FeatureMatrix Prompts,
    FeatureMatrix? Reference,
    LinearHead? Head,
    IReadOnlyList<SkippedRow> Skipped)
{
    /// <summary>Encodes whatever the store lacks.</summary>
    /// <param name="study">Sides and task.</param>
    /// <param name="dataset">The task's images.</param>
    /// <param name="features">Extracts.</param>
    /// <param name="digests">Told of the files that are read.</param>
    /// <param name="cancellation">Stops between two images; stored features are kept.</param>
    /// <exception cref="AlignBenchException">Data, classes or head can't be used.</exception>
    public static ZeroShotData Read(
        AdapterStudyConfig study, IDataset dataset, PlanFeatures features, FileDigests digests, CancellationToken cancellation)
    {
        ZeroShotConfig config = study.ZeroShot!;
        digests.Of(config.Classes);
        ZeroShotClasses classes = ZeroShotClasses.Read(config.Classes);
        LinearHead? head = ReadHead(config, classes, digests);
        DatasetItems read = dataset.ReadItems(cancellation);
        DatasetExtraction.ThrowIfTooMany(read.Skipped, study.MaxSkipped);
        Dictionary<string, int> placeOf = classes.Keys.Select((key, place) => (key, place)).ToDictionary(pair => pair.key, pair => pair.place);
        Item? unknown = read.Items.FirstOrDefault(item => item.Captions.Length == 0 || !placeOf.ContainsKey(item.Captions[0].Text));
        if (unknown is not null)
        {
            string found = unknown.Captions.Length == 0 ? "no class" : $"class '{unknown.Captions[0].Text}'";
            throw new DataException($"{dataset.Name}: {unknown.Id}: {found}, expected one of {config.Classes}");
        }

        SideSource[] sides = [.. study.Modalities.Take(2).Append(study.Reference)
            .Select(side => new SideSource(side, study.Root, 1, study.Precision))];
        if (sides[0].Content != SideContent.Images || sides[1].Content != SideContent.Captions)
        {
            throw new ConfigException(
                "zero_shot encodes images and prompts: expected a model of images and one of captions for the first two modalities");
        }

        Item[] items = [.. read.Items];
        FeatureTable images = sides[0].Extract(features, dataset, items, cancellation);
        FeatureTable? reference = sides[2].Content == SideContent.Images
            ? sides[2].Extract(features, dataset, items, cancellation)
            : null;
        Item[] whole =
        [
            .. items.Where(item => images.Contains(DatasetExtraction.Entry(item, 0))
                && reference?.Contains(DatasetExtraction.Entry(item, 0)) is not false),
        ];
        return new ZeroShotData(
            config, classes,
            [.. whole.Select(item => placeOf[item.Captions[0].Text])],
            Rows(images, whole),
            sides[1].ExtractTexts(features, $"{dataset.Name}-prompts", classes.Fill(config.Prompts), cancellation),
            reference is null ? null : Rows(reference, whole),
            head,
            [.. read.Skipped, .. images.Skipped.Select(left => new SkippedRow(left.Id, left.Reason))]);
    }

    private static FeatureMatrix Rows(FeatureTable table, Item[] items) =>
        table.Average([.. items.Select(item => (string[])[DatasetExtraction.Entry(item, 0)])]);

    /// <summary>Before any work is done.</summary>
    /// <exception cref="ConfigException">A file that the config names is not there.</exception>
    public static void ThrowIfMissing(ZeroShotConfig? config)
    {
        foreach ((string key, string? path) in new[] { ("classes", config?.Classes), ("head", config?.Head) })
        {
            if (path is not null && !File.Exists(path))
            {
                throw new ConfigException($"zero_shot: {key}: {path}: no such file");
            }
        }
    }

    private static LinearHead? ReadHead(ZeroShotConfig config, ZeroShotClasses classes, FileDigests digests)
    {
        if (config.Head is null)
        {
            return null;
        }

        digests.Of(config.Head);
        LinearHead head = LinearHead.Read(config.Head);
        return head.Classes == classes.Count
            ? head
            : throw new DataException(
                $"{config.Head}: expected a row for each of the {classes.Count} classes of {config.Classes}, got {head.Classes}");
    }
}
