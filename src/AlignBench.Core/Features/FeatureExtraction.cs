using System.Diagnostics;
using AlignBench.Features.Extraction;
using AlignBench.Features.Storage;
using Serilog;

namespace AlignBench.Features;

/// <summary>
/// Encodes what the store lacks. Each thread takes its own contents through the encoder, so a feature depends
/// on its content alone; what is done is kept, so that a killed extraction goes on where it stopped.
/// </summary>
/// <param name="store">Where features go.</param>
/// <param name="threads">Contents encoded at a time, 1 or more.</param>
/// <param name="log">Told what was encoded, and what was skipped.</param>
public sealed class FeatureExtraction(FeatureStore store, int threads, ILogger log)
{
    private const int ReportEvery = 1024;

    /// <summary>Stores the images' features, one file a recipe.</summary>
    /// <param name="request">The images.</param>
    /// <param name="recipes">One for each selection of the encoder, in order.</param>
    /// <param name="open">Loads the encoder; called only if something has to be encoded.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellation">Stops between two batches; what is done is kept.</param>
    /// <param name="openExact">Where a lower precision is asked for: loads the encoder in float32, for a sample.</param>
    /// <returns>The files' paths, in the order of <paramref name="recipes"/>.</returns>
    /// <exception cref="DataException">More images are broken than the request allows.</exception>
    /// <exception cref="AlignBenchException">A feature is not finite.</exception>
    public string[] Images(
        ImageRequest request,
        FeatureRecipe[] recipes,
        Func<FeatureEncoder<byte[]>> open,
        IProgress<StageProgress>? progress,
        CancellationToken cancellation,
        Func<FeatureEncoder<byte[]>>? openExact = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        EntriesOfImages wanted = new(request.ImageIds);
        IEnumerable<Entry<byte[]>> entries = request.Source.ReadImages(wanted.Images, cancellation).SelectMany(image =>
        {
            ContentDigest digest = ContentDigest.Of(image.Bytes);
            return wanted.Of(image.Image.Id).Select(entry =>
                new Entry<byte[]>(entry, image.Image.Source, digest, image.Bytes));
        });
        return Run(request, recipes, open, openExact, entries, progress, cancellation);
    }

    /// <summary>Stores the captions' features, one file a recipe; otherwise as
    /// <see cref="Images"/>.</summary>
    /// <exception cref="DataException">More captions have no token than the request allows.</exception>
    public string[] Captions(
        CaptionRequest request,
        FeatureRecipe[] recipes,
        Func<FeatureEncoder<string>> open,
        IProgress<StageProgress>? progress,
        CancellationToken cancellation,
        Func<FeatureEncoder<string>>? openExact = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        IEnumerable<Entry<string>> entries = request.Ids.Zip(request.Texts).Select((entry, i) =>
            new Entry<string>(i, $"caption {entry.First}", ContentDigest.Of(entry.Second), entry.Second));
        return Run(request, recipes, open, openExact, entries, progress, cancellation);
    }

    /// <summary>Stores the sounds' features, one file a recipe; otherwise as <see cref="Images"/>.</summary>
    /// <exception cref="DataException">More sounds are broken than the request allows.</exception>
    public string[] Sounds(
        SoundRequest request,
        FeatureRecipe[] recipes,
        Func<FeatureEncoder<byte[]>> open,
        IProgress<StageProgress>? progress,
        CancellationToken cancellation,
        Func<FeatureEncoder<byte[]>>? openExact = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        IEnumerable<Entry<byte[]>> entries = request.Files.Select((file, i) =>
        {
            byte[] wave = File.ReadAllBytes(file);
            return new Entry<byte[]>(i, file, ContentDigest.Of(wave), wave);
        });
        return Run(request, recipes, open, openExact, entries, progress, cancellation);
    }

    private string[] Run<TContent>(
        FeatureRequest request,
        FeatureRecipe[] recipes,
        Func<FeatureEncoder<TContent>> open,
        Func<FeatureEncoder<TContent>>? openExact,
        IEnumerable<Entry<TContent>> entries,
        IProgress<StageProgress>? progress,
        CancellationToken cancellation)
    {
        string[] paths = [.. recipes.Select(recipe => store.PathOf(request, recipe))];
        store.Digests.Save();
        if (AreStored(paths, request))
        {
            return paths;
        }

        string folder = Path.GetDirectoryName(paths[0])!;
        Directory.CreateDirectory(folder);
        using IDisposable held = store.Lock(paths[0], cancellation);
        if (AreStored(paths, request))
        {
            return paths;   // another process made them meanwhile
        }

        AtomicFile.DeleteOrphans(folder);
        using StoredRows rows = new(store, recipes, paths, log);
        string model = recipes[0].Model;
        StageProgress reached = new($"{model} on {request.Dataset}", 0, request.Ids.Length);
        progress?.Report(reached);

        Stopwatch clock = Stopwatch.StartNew();
        EntryLedger ledger = new(request);
        PrecisionSample<TContent> sample = new(openExact);
        int encoded;
        using (EncodingPipeline<TContent> pipeline = new(() => Announced(open(), model), model, threads, log))
        {
            encoded = pipeline.Run(NewOnly(sample.Watch(entries), rows, ledger, Report), rows, ledger, Report, cancellation);
        }

        void Report() => progress?.Report(reached with { Done = ledger.Count });

        cancellation.ThrowIfCancellationRequested();
        ledger.ThrowIfIncomplete();
        PrecisionAgreement?[] agreements = sample.Compare(rows, recipes.Length);
        rows.Merge(request, ledger, agreements);
        log.Information(
            "Encoded {Encoded} of {Total} entries of {Dataset:l} with {Model:l} in {Seconds:F1} s",
            encoded, request.Ids.Length, request.Dataset, model, clock.Elapsed.TotalSeconds);
        foreach ((FeatureRecipe recipe, PrecisionAgreement? agreement) in recipes.Zip(agreements))
        {
            Tell(model, recipe.Selection, agreement);
        }

        return paths;
    }

    private FeatureEncoder<TContent> Announced<TContent>(FeatureEncoder<TContent> encoder, string model)
    {
        if (encoder.Loading is string loading)
        {
            log.Information("{Model:l} is read {Loading:l}", model, loading);
        }

        return encoder;
    }

    private void Tell(string model, string selection, PrecisionAgreement? agreement)
    {
        if (agreement is not null)
        {
            log.Information(
                "{Model:l} {Selection:l}: bf16 against fp32 on {Contents} contents: {Agreement:l}",
                model, selection, agreement.Contents, agreement.ToString());
        }
    }

    /// <summary>Whether the files are there and intact. What they left out is said again.</summary>
    /// <exception cref="DataException">They left out more than this request allows.</exception>
    private bool AreStored(string[] paths, FeatureRequest request)
    {
        HashSet<string> reasons = [];
        foreach (string path in paths)
        {
            using FeatureFile? file = FeatureStore.Open(path);
            if (file is null)
            {
                return false;
            }

            Tell(file.Model, file.Selection, file.Agreement);
            reasons.UnionWith(file.ReadSkipped().Select(skipped => skipped.Reason));
        }

        int skips = 0;
        foreach (string reason in reasons)
        {
            log.Warning("Skipped {Reason:l}", reason);
            skips++;
            request.ThrowIfTooMany(skips, reason);
        }

        return true;
    }

    /// <summary>The first entry of each content that is not stored yet.</summary>
    private static IEnumerable<Entry<TContent>> NewOnly<TContent>(
        IEnumerable<Entry<TContent>> entries, StoredRows rows, EntryLedger ledger, Action report)
    {
        foreach (Entry<TContent> entry in entries)
        {
            if (ledger.Add(entry.Index, entry.Digest) && !rows.Contains(entry.Digest))
            {
                yield return entry;
            }
            else if (ledger.Count % ReportEvery == 0)
            {
                report();
            }
        }
    }
}
