using System.Diagnostics;
using AlignBench.Data;
using AlignBench.Features;

namespace AlignBench.Experiments;

/// <summary>How long entries of one model took, loading included, on all threads of the run.</summary>
internal readonly record struct EncodingTime(long Entries, double Seconds);

/// <summary>Features of some entries of a data set under one model each, extracted where the store lacks them.</summary>
internal sealed class PlanFeatures(
    FeatureStore store, int threads, int maxSkipped, IProgress<StageProgress>? progress, Serilog.ILogger log)
{
    private readonly FeatureExtraction _extraction = new(store, threads, log);
    private readonly Dictionary<string, EncodingTime> _times = [];

    /// <summary>By model: what was encoded, as nothing is where the store has it.</summary>
    public IReadOnlyDictionary<string, EncodingTime> Times => _times;

    /// <param name="dataset">Where the images are read from.</param>
    /// <param name="items">Those that the entries belong to.</param>
    /// <param name="entries">Distinct, <c>ITEM#K</c>.</param>
    /// <param name="model">A vision model.</param>
    /// <param name="selection">Layer and pooling.</param>
    /// <param name="cancellation">Stops between two images.</param>
    public FeatureTable OfImages(
        IDataset dataset,
        IEnumerable<Item> items,
        string[] entries,
        ModelSource model,
        string selection,
        CancellationToken cancellation)
    {
        Dictionary<string, string> imageOf = [];
        foreach (Item item in items)
        {
            for (int k = 0; k < item.Images.Length; k++)
            {
                imageOf.Add(DatasetExtraction.Entry(item, k), item.Images[k].Id);
            }
        }

        ImageRequest request = new()
        {
            Dataset = dataset.Name,
            Source = dataset,
            Ids = entries,
            ImageIds = [.. entries.Select(entry => imageOf[entry])],
            MaxSkipped = maxSkipped,
        };
        string[] wanted = [selection];
        FeatureRecipe[] recipes = model.Recipes(wanted, store.Digests, dataset.IgnoresOrientation);
        return Load(Timed<byte[]>(
            model.Name,
            entries.Length,
            () => model.OpenImages(wanted, dataset.IgnoresOrientation),
            open => _extraction.Images(request, recipes, open, progress, cancellation))[0]);
    }

    /// <summary>As <see cref="OfImages"/>, of captions with the prefix put before each.</summary>
    public FeatureTable OfCaptions(
        IDataset dataset,
        IEnumerable<Item> items,
        string[] entries,
        ModelSource model,
        string selection,
        CancellationToken cancellation,
        string prefix = "")
    {
        Dictionary<string, string> textOf = [];
        foreach (Item item in items)
        {
            for (int k = 0; k < item.Captions.Length; k++)
            {
                textOf.Add(DatasetExtraction.Entry(item, k), prefix + item.Captions[k].Text);
            }
        }

        CaptionRequest request = new()
        {
            Dataset = dataset.Name,
            Ids = entries,
            Texts = [.. entries.Select(entry => textOf[entry])],
            MaxSkipped = maxSkipped,
        };
        string[] wanted = [selection];
        FeatureRecipe[] recipes = model.Recipes(wanted, store.Digests);
        return Load(Timed<string>(
            model.Name,
            entries.Length,
            () => model.OpenCaptions(wanted),
            open => _extraction.Captions(request, recipes, open, progress, cancellation))[0]);
    }

    /// <summary>Adds to the model's time if its encoder was opened, that is, if something had to be encoded.</summary>
    private string[] Timed<TContent>(
        string model,
        int entries,
        Func<FeatureEncoder<TContent>> open,
        Func<Func<FeatureEncoder<TContent>>, string[]> extract)
    {
        bool isEncoding = false;
        long start = Stopwatch.GetTimestamp();
        string[] paths = extract(() =>
        {
            isEncoding = true;
            return open();
        });
        if (isEncoding)
        {
            EncodingTime before = _times.GetValueOrDefault(model);
            _times[model] = new EncodingTime(
                before.Entries + entries, before.Seconds + Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return paths;
    }

    private static FeatureTable Load(string path)
    {
        using FeatureFile file = new(path);
        return FeatureTable.Load(file);
    }
}
