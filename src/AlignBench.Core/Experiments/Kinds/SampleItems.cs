using System.Text.Json;
using System.Text.Json.Nodes;
using AlignBench.Data;
using AlignBench.Images;
using AlignBench.Reports.Html;
using AlignBench.Reports.Runs;

namespace AlignBench.Experiments.Kinds;

/// <summary>The first, most and least predictable items of a run's data as thumbnails with captions, where the data is still where it was.</summary>
internal static class SampleItems
{
    private const int MostImages = 15;            // a group
    private const int MostItems = 6;
    private const int MostOfAnItem = 5;           // images, and captions
    private const int Side = 144;                 // pixels of a thumbnail's longer side

    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly DecodeOptions s_decoding = new() { ApplyOrientation = true };

    /// <summary>A group for each data set of the run's experiments, and why there is none for others.</summary>
    public static (IReadOnlyList<SampleGroup> Groups, IReadOnlyList<string> Without) Of(
        RunFolder run, CancellationToken cancellation)
    {
        List<SampleGroup> groups = [];
        List<string> without =
            run.Manifest is null ? [$"without {RunFolder.ManifestName} nothing says where the data is"] : [];
        HashSet<string> seen = [];
        IEnumerable<JsonObject> distinct =
            ExperimentWords.Experiments(run).Where(node => seen.Add(node["data"]?.ToJsonString() ?? ""));
        foreach (JsonObject node in distinct)
        {
            try
            {
                if (node.Deserialize<ExperimentConfig>(s_json) is { } experiment)
                {
                    groups.AddRange(Read(run, experiment, cancellation));
                }
            }
            catch (Exception e) when (e is AlignBenchException or JsonException or IOException or UnauthorizedAccessException)
            {
                without.Add($"{node["name"]}: {e.Message.TrimEnd('.')}");
            }
        }

        return (groups, without);
    }

    private static IEnumerable<SampleGroup> Read(
        RunFolder run, ExperimentConfig experiment, CancellationToken cancellation)
    {
        IDataset dataset = DatasetCatalog.Open(experiment.Data.ToSource());
        bool isPairs = experiment.Kind == "preference";
        Item[] usable = [.. dataset.ReadItems(cancellation).Items.Where(item => IsUsable(item, isPairs))];
        Item[] items = [.. Choose(usable)];
        Dictionary<string, Item> itemOf = usable.ToDictionary(item => item.Id);
        (Item Item, string Words)[] extremes =
        [
            .. ItemExtremes.Of(run, experiment.Name).Where(extreme => itemOf.ContainsKey(extreme.Id))
                .Select(extreme => (itemOf[extreme.Id], extreme.Words)),
        ];
        HashSet<string> wanted = [.. items.Concat(extremes.Select(extreme => extreme.Item)).SelectMany(Shown).Select(image => image.Id)];
        Dictionary<string, byte[]> files = dataset.ReadImages(wanted, cancellation)
            .ToDictionary(image => image.Image.Id, image => image.Bytes);
        yield return new SampleGroup(
            experiment.Name,
            isPairs
                ? $"The first {items.Length} pairs of the data that have a preferred image."
                : $"The first {items.Length} items of the data.",
            [.. items.Select(item => AsSample(item, isPairs, files))]);
        if (extremes.Length > 0)
        {
            yield return new SampleGroup(
                experiment.Name,
                "The items of the first condition whose features are predicted best and worst when they are tested (mean over "
                + "the pairs of models and both directions).",
                [
                    .. extremes.Select(extreme => (extreme.Words, Sample: AsSample(extreme.Item, isPairs, files)))
                        .Select(shown => shown.Sample with { Captions = [.. shown.Sample.Captions, shown.Words] }),
                ]);
        }
    }

    private static bool IsUsable(Item item, bool isPair) =>
        item.Images.Length > 0 && item.Captions.Length > 0
        && (!isPair || (item.Labels is [double first, double second] && first != second));

    private static IEnumerable<Item> Choose(IEnumerable<Item> items)
    {
        int images = 0;
        return items.DistinctBy(item => item.Group)
            .Take(MostItems)
            .TakeWhile(item => (images += Shown(item).Count()) <= MostImages);
    }

    private static IEnumerable<ImageReference> Shown(Item item) => item.Images.Take(MostOfAnItem);

    private static SampleItem AsSample(Item item, bool isPair, Dictionary<string, byte[]> files)
    {
        ImageReference[] shown = [.. Shown(item)];
        int[] order = isPair && item.Labels[1] > item.Labels[0] ? [1, 0] : [.. Enumerable.Range(0, shown.Length)];
        return new SampleItem(
            item.Id,
            [.. order.Select((index, place) => Thumbnail(files[shown[index].Id], ImageWords(isPair, place, shown.Length)))],
            [.. item.Captions.Take(MostOfAnItem).Select(caption => caption.Text)]);
    }

    private static string ImageWords(bool isPair, int place, int count) =>
        isPair ? (place == 0 ? "preferred" : "non-preferred") : count == 1 ? "" : $"image {place + 1}";

    private static SampleImage Thumbnail(byte[] file, string words)
    {
        RgbImage image = ImageDecoder.Decode(file, s_decoding);
        double scale = Math.Min(1, Side / (double)Math.Max(image.Width, image.Height));
        int width = Math.Max(1, (int)Math.Round(image.Width * scale));
        int height = Math.Max(1, (int)Math.Round(image.Height * scale));
        RgbImage small = PillowResize.Resize(image, width, height, ResizeFilter.Bicubic);
        return new SampleImage(PngFile.Encode(small.Pixels, width, height), width, height, words);
    }
}
