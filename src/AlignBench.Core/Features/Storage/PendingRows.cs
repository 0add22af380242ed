using System.Diagnostics;

namespace AlignBench.Features.Storage;

/// <summary>
/// Encoded contents on their way into <see cref="StoredRows"/>: written as a part of their own every few seconds,
/// first two, then more and more up to half a minute, and when they take more than 16 MB.
/// </summary>
internal sealed class PendingRows(StoredRows rows)
{
    private const long MostBytes = 16 << 20;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    private readonly List<ContentDigest> _contents = [];
    private readonly List<float[][]> _vectors = [];
    private TimeSpan _interval = TimeSpan.FromSeconds(2);
    private long _since = Stopwatch.GetTimestamp();
    private long _bytes;

    /// <param name="content">Not given before.</param>
    /// <param name="vectors">[recipes] vectors of [d].</param>
    public void Add(ContentDigest content, float[][] vectors)
    {
        _contents.Add(content);
        _vectors.Add(vectors);
        _bytes += vectors.Sum(vector => (long)sizeof(float) * vector.Length);
        if (_bytes >= MostBytes)
        {
            Flush();
        }
        else if (Stopwatch.GetElapsedTime(_since) >= _interval)
        {
            Flush();
            _interval = TimeSpan.FromTicks(Math.Min(2 * _interval.Ticks, s_longest.Ticks));
        }
    }

    /// <summary>Writes what there is.</summary>
    public void Flush()
    {
        if (_contents.Count > 0)
        {
            rows.Add([.. _contents], [.. _vectors]);
        }

        _contents.Clear();
        _vectors.Clear();
        _bytes = 0;
        _since = Stopwatch.GetTimestamp();
    }
}
