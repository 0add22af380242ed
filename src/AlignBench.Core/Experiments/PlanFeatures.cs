using System.Diagnostics;
using AlignBench.Features;

namespace AlignBench.Experiments;

/// <summary>How long entries of one model took, loading included, on all threads of the run.</summary>
/// <param name="Entries">Images, captions or sounds.</param>
/// <param name="Seconds">For all of them.</param>
/// <param name="Loading">How the weights were loaded, in words; null: all at once.</param>
internal readonly record struct EncodingTime(long Entries, double Seconds, string? Loading);

/// <summary>Features of some entries of a data set under one model each, extracted where the store lacks them.</summary>
internal sealed class PlanFeatures(
    FeatureStore store, int threads, int maxSkipped, IProgress<StageProgress>? progress, Serilog.ILogger log)
{
    private readonly FeatureExtraction _extraction = new(store, threads, log);
    private readonly Dictionary<string, EncodingTime> _times = [];

    /// <summary>By model: what was encoded, as nothing is where the store has it.</summary>
    public IReadOnlyDictionary<string, EncodingTime> Times => _times;

    /// <summary>Broken images or sounds that may be left out.</summary>
    public int MaxSkipped => maxSkipped;

    /// <summary>One table a selection, all from one pass.</summary>
    /// <param name="request">The images.</param>
    /// <param name="model">A vision model.</param>
    /// <param name="selections">Layers and poolings.</param>
    /// <param name="cancellation">Stops between two images.</param>
    public FeatureTable[] Of(
        ImageRequest request, ModelSource model, string[] selections, CancellationToken cancellation)
    {
        bool ignoresOrientation = request.Source.IgnoresOrientation;
        FeatureRecipe[] recipes = model.Recipes(selections, store.Digests, ignoresOrientation);
        return Load(Timed<byte[]>(
            model.Name,
            request.Ids.Length,
            () => model.OpenImages(selections, ignoresOrientation),
            open => _extraction.Images(request, recipes, open, progress, cancellation)));
    }

    /// <inheritdoc cref="Of(ImageRequest, ModelSource, string[], CancellationToken)"/>
    public FeatureTable[] Of(
        CaptionRequest request, ModelSource model, string[] selections, CancellationToken cancellation)
    {
        FeatureRecipe[] recipes = model.Recipes(selections, store.Digests);
        return Load(Timed<string>(
            model.Name,
            request.Ids.Length,
            () => model.OpenCaptions(selections),
            open => _extraction.Captions(request, recipes, open, progress, cancellation)));
    }

    /// <inheritdoc cref="Of(ImageRequest, ModelSource, string[], CancellationToken)"/>
    public FeatureTable[] Of(
        SoundRequest request, ModelSource model, string[] selections, CancellationToken cancellation)
    {
        FeatureRecipe[] recipes = model.Recipes(selections, store.Digests);
        return Load(Timed<byte[]>(
            model.Name,
            request.Ids.Length,
            () => model.OpenSounds(selections),
            open => _extraction.Sounds(request, recipes, open, progress, cancellation)));
    }

    /// <summary>Adds to the model's time if its encoder was opened, that is, if something had to be encoded.</summary>
    private string[] Timed<TContent>(
        string model,
        int entries,
        Func<FeatureEncoder<TContent>> open,
        Func<Func<FeatureEncoder<TContent>>, string[]> extract)
    {
        bool isEncoding = false;
        string? loading = null;
        long start = Stopwatch.GetTimestamp();
        string[] paths = extract(() =>
        {
            isEncoding = true;
            FeatureEncoder<TContent> encoder = open();
            loading = encoder.Loading;
            return encoder;
        });
        if (isEncoding)
        {
            EncodingTime before = _times.GetValueOrDefault(model);
            _times[model] = new EncodingTime(
                before.Entries + entries, before.Seconds + Stopwatch.GetElapsedTime(start).TotalSeconds, loading);
        }

        return paths;
    }

    private static FeatureTable[] Load(string[] paths)
    {
        FeatureTable[] tables = new FeatureTable[paths.Length];
        for (int i = 0; i < paths.Length; i++)
        {
            using FeatureFile file = new(paths[i]);
            tables[i] = FeatureTable.Load(file);
        }

        return tables;
    }
}
