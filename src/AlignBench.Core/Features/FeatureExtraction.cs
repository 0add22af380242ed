using System.Diagnostics;
using Serilog;

namespace AlignBench.Features;

/// <summary>
/// Encodes what the store lacks. Contents go through the encoder one by one on a few threads, so a feature depends
/// on its content alone; finished blocks are kept, so that a killed extraction goes on where it stopped.
/// </summary>
/// <param name="store">Where features go.</param>
/// <param name="threads">Contents encoded at a time, 1 or more.</param>
/// <param name="log">Told what was encoded, and what was skipped.</param>
public sealed class FeatureExtraction(FeatureStore store, int threads, ILogger log)
{
    private const int SmallestBlock = 32;
    private const int LargestBlock = 1024;
    private const long LargestBlockBytes = 32 << 20;
    private static readonly TimeSpan s_blockTime = TimeSpan.FromSeconds(2);

    /// <summary>Stores the images' features, one file a recipe.</summary>
    /// <param name="request">The images.</param>
    /// <param name="recipes">One for each selection of the encoder, in order.</param>
    /// <param name="open">Loads the encoder; called only if something has to be encoded.</param>
    /// <param name="progress">Told after each block.</param>
    /// <param name="cancellation">Stops between two contents; finished blocks are kept.</param>
    /// <returns>The files' paths, in the order of <paramref name="recipes"/>.</returns>
    /// <exception cref="DataException">More images are broken than the request allows.</exception>
    /// <exception cref="AlignBenchException">A feature is not finite.</exception>
    public string[] Images(
        ImageRequest request,
        FeatureRecipe[] recipes,
        Func<FeatureEncoder<byte[]>> open,
        IProgress<StageProgress>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        // One image may stand in several items.
        ILookup<string, string> entriesOf = request.ImageIds.Zip(request.Ids)
            .ToLookup(pair => pair.First, pair => pair.Second);
        HashSet<string> wanted = [.. request.ImageIds];
        IEnumerable<Entry<byte[]>> entries = request.Source.ReadImages(wanted, cancellation).SelectMany(image =>
        {
            ContentDigest digest = ContentDigest.Of(image.Bytes);
            return entriesOf[image.Image.Id].Select(entry =>
                new Entry<byte[]>(entry, image.Image.Source, digest, image.Bytes, image.Bytes.Length));
        });
        return Run(request, recipes, open, entries, progress, cancellation);
    }

    /// <summary>Stores the captions' features, one file a recipe; otherwise as <see cref="Images"/>.</summary>
    /// <exception cref="DataException">More captions have no token than the request allows.</exception>
    public string[] Captions(
        CaptionRequest request,
        FeatureRecipe[] recipes,
        Func<FeatureEncoder<string>> open,
        IProgress<StageProgress>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        IEnumerable<Entry<string>> entries = request.Ids.Zip(request.Texts, (id, text) =>
            new Entry<string>(id, $"caption {id}", ContentDigest.Of(text), text, sizeof(char) * text.Length));
        return Run(request, recipes, open, entries, progress, cancellation);
    }

    /// <summary>Stores the sounds' features, one file a recipe; otherwise as <see cref="Images"/>.</summary>
    /// <exception cref="DataException">More sounds are broken than the request allows.</exception>
    public string[] Sounds(
        SoundRequest request,
        FeatureRecipe[] recipes,
        Func<FeatureEncoder<byte[]>> open,
        IProgress<StageProgress>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        IEnumerable<Entry<byte[]>> entries = request.Ids.Zip(request.Files, (id, file) =>
        {
            byte[] wave = File.ReadAllBytes(file);
            return new Entry<byte[]>(id, file, ContentDigest.Of(wave), wave, wave.Length);
        });
        return Run(request, recipes, open, entries, progress, cancellation);
    }

    private string[] Run<TContent>(
        FeatureRequest request,
        FeatureRecipe[] recipes,
        Func<FeatureEncoder<TContent>> open,
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
        using LazyEncoder<TContent> encoder = new(open);
        StageProgress reached = new($"{recipes[0].Model} on {request.Dataset}", 0, request.Ids.Length);
        progress?.Report(reached);

        Stopwatch clock = Stopwatch.StartNew();
        EntryLedger ledger = new(request);
        int encoded = 0;
        foreach (List<Entry<TContent>> block in Blocks(entries, rows, ledger, count =>
            progress?.Report(reached with { Done = count })))
        {
            encoded += EncodeBlock(block, encoder.Value, rows, ledger, recipes[0].Model, cancellation);
            progress?.Report(reached with { Done = ledger.Count });
        }

        cancellation.ThrowIfCancellationRequested();
        ledger.ThrowIfIncomplete();
        rows.Merge(request, ledger);
        log.Information(
            "Encoded {Encoded} of {Total} entries of {Dataset:l} with {Model:l} in {Seconds:F1} s",
            encoded, request.Ids.Length, request.Dataset, recipes[0].Model, clock.Elapsed.TotalSeconds);
        return paths;
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

    /// <summary>Cuts the new contents of the stream into blocks of about two seconds' work, and of bounded memory.</summary>
    private static IEnumerable<List<Entry<TContent>>> Blocks<TContent>(
        IEnumerable<Entry<TContent>> entries, StoredRows rows, EntryLedger ledger, Action<int> passed)
    {
        int size = SmallestBlock;
        long bytes = 0;
        List<Entry<TContent>> block = new(size);
        foreach (Entry<TContent> entry in entries)
        {
            bool isNew = ledger.Add(entry.Id, entry.Digest);
            if (!isNew || rows.Contains(entry.Digest))
            {
                if (ledger.Count % LargestBlock == 0)
                {
                    passed(ledger.Count);
                }

                continue;
            }

            block.Add(entry);
            bytes += entry.Bytes;
            if (block.Count == size || bytes >= LargestBlockBytes)
            {
                long start = Stopwatch.GetTimestamp();
                yield return block;
                bool isQuick = Stopwatch.GetElapsedTime(start) < s_blockTime;
                size = isQuick ? Math.Min(2 * size, LargestBlock) : Math.Max(size / 2, SmallestBlock);
                block = new(size);
                bytes = 0;
            }
        }

        if (block.Count > 0)
        {
            yield return block;
        }
    }

    private int EncodeBlock<TContent>(
        List<Entry<TContent>> block,
        FeatureEncoder<TContent> encoder,
        StoredRows rows,
        EntryLedger ledger,
        string model,
        CancellationToken cancellation)
    {
        float[]?[][] vectors = new float[block.Count][][];
        string?[] failures = new string?[block.Count];
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        try
        {
            Parallel.For(0, block.Count, options, i =>
            {
                try
                {
                    vectors[i] = encoder.Encode(block[i].Content);
                }
                catch (AlignBenchException e)
                {
                    failures[i] = $"{block[i].Source}: {e.Message}";
                    return;
                }

                ThrowIfNotFinite(vectors[i]!, model, encoder, block[i].Source);
            });
        }
        catch (AggregateException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        for (int i = 0; i < block.Count; i++)
        {
            if (failures[i] is string failure)
            {
                log.Warning("Skipped {Reason:l}", failure);
                ledger.Skip(block[i].Digest, failure);
            }
        }

        int[] done = [.. Enumerable.Range(0, block.Count).Where(i => failures[i] is null)];
        if (done.Length > 0)
        {
            rows.Add([.. done.Select(i => block[i].Digest)], [.. done.Select(i => vectors[i]!)]);
        }

        return done.Length;
    }

    private static void ThrowIfNotFinite<TContent>(
        float[]?[] vectors, string model, FeatureEncoder<TContent> encoder, string source)
    {
        for (int s = 0; s < vectors.Length; s++)
        {
            int bad = Array.FindIndex(vectors[s]!, value => !float.IsFinite(value));
            if (bad >= 0)
            {
                throw new AlignBenchException(
                    $"{model}: {encoder.Selections[s]} of {source}: feature {bad} is {vectors[s]![bad]}, "
                    + "expected a finite number");
            }
        }
    }

    /// <param name="Id">In the request.</param>
    /// <param name="Source">In words, for messages.</param>
    /// <param name="Digest">Of the content.</param>
    /// <param name="Content">To encode.</param>
    /// <param name="Bytes">The content's size in memory.</param>
    private readonly record struct Entry<TContent>(
        string Id, string Source, ContentDigest Digest, TContent Content, long Bytes);

    private sealed class LazyEncoder<TContent>(Func<FeatureEncoder<TContent>> open) : IDisposable
    {
        private FeatureEncoder<TContent>? _encoder;

        public FeatureEncoder<TContent> Value => _encoder ??= open();

        public void Dispose() => _encoder?.Dispose();
    }
}
