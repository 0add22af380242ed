using AlignBench.Features.Storage;
using Serilog;

namespace AlignBench.Features.Extraction;

/// <summary>
/// Reads, encodes and keeps one request's new contents, all at once: a thread reads, a few take batches of contents
/// from the stored bytes to the vectors, and the caller's keeps what is done.
/// </summary>
/// <param name="open">Loads the encoder; called only if something has to be encoded.</param>
/// <param name="model">Its name, for messages.</param>
/// <param name="threads">Batches encoded at a time, 1 or more.</param>
/// <param name="log">Told what was skipped.</param>
internal sealed class EncodingPipeline<TContent>(
    Func<FeatureEncoder<TContent>> open, string model, int threads, ILogger log) : IDisposable
{
    // Enough that no worker waits while the caller writes a part.
    private const int BatchesPerThread = 4;

    private readonly Lazy<FeatureEncoder<TContent>> _encoder = new(open);

    /// <param name="entries">Each with a content of its own that is not stored yet.</param>
    /// <param name="rows">Where the vectors go; what is done is kept whatever ends this.</param>
    /// <param name="ledger">Where the contents go that can't be encoded.</param>
    /// <param name="step">Called after each batch.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>How many were encoded.</returns>
    /// <exception cref="DataException">More can't be encoded than the request allows.</exception>
    /// <exception cref="AlignBenchException">A feature is not finite.</exception>
    public int Run(
        IEnumerable<Entry<TContent>> entries,
        StoredRows rows,
        EntryLedger ledger,
        Action step,
        CancellationToken cancellation)
    {
        PendingRows pending = new(rows);
        int encoded = 0;
        try
        {
            foreach (EncodedEntry[] batch in OrderedWork.Run(
                Batches(entries), Encode, threads, BatchesPerThread * threads, cancellation))
            {
                foreach (EncodedEntry entry in batch)
                {
                    encoded += Keep(entry, pending, ledger) ? 1 : 0;
                }

                step();
            }
        }
        finally
        {
            pending.Flush();
        }

        return encoded;
    }

    public void Dispose()
    {
        if (_encoder.IsValueCreated)
        {
            _encoder.Value.Dispose();
        }
    }

    private IEnumerable<Entry<TContent>[]> Batches(IEnumerable<Entry<TContent>> entries)
    {
        List<Entry<TContent>> batch = [];
        foreach (Entry<TContent> entry in entries)
        {
            batch.Add(entry);
            if (batch.Count >= _encoder.Value.BatchSize)
            {
                yield return [.. batch];
                batch.Clear();
            }
        }

        if (batch.Count > 0)
        {
            yield return [.. batch];
        }
    }

    private EncodedEntry[] Encode(Entry<TContent>[] batch)
    {
        EncodedContent[] encoded = _encoder.Value.EncodeAll([.. batch.Select(entry => entry.Content)]);
        return
        [
            .. batch.Zip(encoded, (entry, content) => new EncodedEntry(entry.Digest, entry.Source, content)),
        ];
    }

    private bool Keep(EncodedEntry entry, PendingRows pending, EntryLedger ledger)
    {
        if (entry.Content.Flaw is string flaw)
        {
            string reason = $"{entry.Source}: {flaw}";
            log.Warning("Skipped {Reason:l}", reason);
            ledger.Skip(entry.Digest, reason);
            return false;
        }

        ThrowIfNotFinite(entry);
        pending.Add(entry.Digest, entry.Content.Vectors);
        return true;
    }

    private void ThrowIfNotFinite(EncodedEntry entry)
    {
        float[][] vectors = entry.Content.Vectors;
        for (int s = 0; s < vectors.Length; s++)
        {
            int bad = Array.FindIndex(vectors[s], value => !float.IsFinite(value));
            if (bad >= 0)
            {
                throw new AlignBenchException(
                    $"{model}: {_encoder.Value.Selections[s]} of {entry.Source}: feature {bad} is {vectors[s][bad]}, "
                    + "expected a finite number");
            }
        }
    }

    private readonly record struct EncodedEntry(ContentDigest Digest, string Source, EncodedContent Content);
}
