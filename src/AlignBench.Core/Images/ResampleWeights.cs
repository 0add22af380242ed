using System.Collections.Concurrent;

namespace AlignBench.Images;

/// <summary>
/// The weights that turn <c>sourceLength</c> pixels of an axis into <c>length</c>, in Pillow's fixed point
/// (Resample.c, precompute_coeffs and normalize_coeffs_8bpc). Output i is the rounded sum over j &lt; Counts[i] of
/// source[Starts[i] + j] * Values[i * Stride + j] / 2^22.
/// </summary>
internal sealed class ResampleWeights
{
    /// <summary>Bits behind the binary point.</summary>
    public const int Precision = 22;

    // Data sets have few distinct sizes; a set that has many only computes some tables again.
    private const int CacheLimit = 1024;
    private static readonly ConcurrentDictionary<(int, int, ResizeFilter), ResampleWeights> s_cache = new();

    private ResampleWeights(int length, int stride)
    {
        Starts = new int[length];
        Counts = new int[length];
        Values = new int[length * stride];
        Stride = stride;
    }

    /// <summary>[length], first source pixel of each output pixel; never falls.</summary>
    public int[] Starts { get; }

    /// <summary>[length], source pixels of each output pixel.</summary>
    public int[] Counts { get; }

    /// <summary>[length, stride], zero behind each row's count.</summary>
    public int[] Values { get; }

    /// <summary>Values per output pixel, a multiple of 4.</summary>
    public int Stride { get; }

    /// <summary>Shared: callers don't write into it.</summary>
    public static ResampleWeights For(int sourceLength, int length, ResizeFilter filter)
    {
        if (s_cache.TryGetValue((sourceLength, length, filter), out ResampleWeights? known))
        {
            return known;
        }

        if (s_cache.Count >= CacheLimit)
        {
            s_cache.Clear();
        }

        return s_cache.GetOrAdd((sourceLength, length, filter), static key => Compute(key.Item1, key.Item2, key.Item3));
    }

    /// <summary>The source pixels that outputs <paramref name="first"/> to <paramref name="end"/> - 1 need.</summary>
    public (int Start, int End) SourceRange(int first, int end)
    {
        int last = 0;
        for (int i = first; i < end; i++)
        {
            last = Math.Max(last, Starts[i] + Counts[i]);
        }

        return (Starts[first], last);
    }

    private static ResampleWeights Compute(int sourceLength, int length, ResizeFilter filter)
    {
        double scale = (double)sourceLength / length;
        double filterScale = Math.Max(scale, 1.0);
        double support = FilterCurve.Support(filter) * filterScale;
        double inverse = 1.0 / filterScale;
        double[] row = new double[((int)Math.Ceiling(support) * 2) + 1];
        ResampleWeights weights = new(length, (row.Length + 3) / 4 * 4);
        for (int i = 0; i < length; i++)
        {
            double center = (i + 0.5) * scale;
            int start = Math.Max(0, (int)(center - support + 0.5));
            int count = Math.Min(sourceLength, (int)(center + support + 0.5)) - start;
            double sum = 0.0;
            for (int j = 0; j < count; j++)
            {
                row[j] = FilterCurve.Weight(filter, (j + start - center + 0.5) * inverse);
                sum += row[j];
            }

            weights.Starts[i] = start;
            weights.Counts[i] = count;
            for (int j = 0; j < count; j++)
            {
                double weight = sum != 0.0 ? row[j] / sum : row[j];
                weights.Values[(i * weights.Stride) + j] = ToFixedPoint(weight);
            }
        }

        return weights;
    }

    private static int ToFixedPoint(double weight) =>
        (int)((weight * (1 << Precision)) + (weight < 0.0 ? -0.5 : 0.5));
}
