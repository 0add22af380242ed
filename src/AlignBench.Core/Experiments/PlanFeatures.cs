using System.Diagnostics;
using AlignBench.Features;
using AlignBench.Features.Extraction;

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

    /// <summary>By model and selection: how near features of a lower precision are to float32's, stored ones too.</summary>
    public SortedDictionary<string, SortedDictionary<string, PrecisionAgreement>> Agreements { get; } = [];

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
        ModelSource? exact = model.InFloat32();
        return Load(Timed<byte[]>(
            model.Name,
            request.Ids.Length,
            () => model.OpenImages(selections, ignoresOrientation),
            open => _extraction.Images(
                request, recipes, open, progress, cancellation,
                exact is null ? null : () => exact.OpenImages(selections, ignoresOrientation))));
    }

    /// <inheritdoc cref="Of(ImageRequest, ModelSource, string[], CancellationToken)"/>
    public FeatureTable[] Of(
        CaptionRequest request, ModelSource model, string[] selections, CancellationToken cancellation)
    {
        FeatureRecipe[] recipes = model.Recipes(selections, store.Digests);
        ModelSource? exact = model.InFloat32();
        return Load(Timed<string>(
            model.Name,
            request.Ids.Length,
            () => model.OpenCaptions(selections),
            open => _extraction.Captions(
                request, recipes, open, progress, cancellation,
                exact is null ? null : () => exact.OpenCaptions(selections))));
    }

    /// <inheritdoc cref="Of(ImageRequest, ModelSource, string[], CancellationToken)"/>
    public FeatureTable[] Of(
        SoundRequest request, ModelSource model, string[] selections, CancellationToken cancellation)
    {
        FeatureRecipe[] recipes = model.Recipes(selections, store.Digests);
        ModelSource? exact = model.InFloat32();
        return Load(Timed<byte[]>(
            model.Name,
            request.Ids.Length,
            () => model.OpenSounds(selections),
            open => _extraction.Sounds(
                request, recipes, open, progress, cancellation,
                exact is null ? null : () => exact.OpenSounds(selections))));
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

    private FeatureTable[] Load(string[] paths)
    {
        FeatureTable[] tables = new FeatureTable[paths.Length];
        for (int i = 0; i < paths.Length; i++)
        {
            using FeatureFile file = new(paths[i]);
            tables[i] = FeatureTable.Load(file);
            if (file.Agreement is PrecisionAgreement agreement)
            {
                Agreements.TryAdd(file.Model, []);
                Agreements[file.Model][$"{file.Selection} of {file.Dataset}"] = agreement;
            }
        }

        return tables;
    }
}
