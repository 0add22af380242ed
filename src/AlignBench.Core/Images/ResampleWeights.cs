using System.Collections.Concurrent;

namespace AlignBench.Images;

/// <summary>
/// The weights that turn <c>sourceLength</c> pixels of an axis into <c>length</c>, in Pillow's fixed point
/// (Resample.c, precompute_coeffs and normalize_coeffs_8bpc). Output i is the rounded sum over j of
/// source[Starts[i] + j] * ValuesOf(i)[j] / 2^22.
/// </summary>
internal sealed class ResampleWeights
{
    /// <summary>Bits behind the binary point.</summary>
    public const int Precision = 22;

    // Data sets have few distinct sizes; one that has many only computes some tables again. A table has about
    // 2 Ki values; the few that are far larger are not kept.
    private const int CacheLimit = 1024;
    private const int LargestCached = 1 << 16;
    private static readonly ConcurrentDictionary<(int, int, ResizeFilter), ResampleWeights> s_cache = new();

    private readonly int[] _counts;   // [length], source pixels of each output pixel
    private readonly int[] _values;   // [length, stride], zero behind each row's count
    private readonly int _stride;

    private ResampleWeights(int length, int stride)
    {
        Starts = new int[length];
        _counts = new int[length];
        _values = new int[length * stride];
        _stride = stride;
    }

    /// <summary>[length], first source pixel of each output pixel; never falls.</summary>
    public int[] Starts { get; }

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

        ResampleWeights weights = Compute(sourceLength, length, filter);
        if (weights._values.Length <= LargestCached)
        {
            s_cache[(sourceLength, length, filter)] = weights;
        }

        return weights;
    }

    /// <summary>The weights of output pixel <paramref name="i"/>'s source pixels.</summary>
    public ReadOnlySpan<int> ValuesOf(int i) => _values.AsSpan(i * _stride, _counts[i]);

    /// <summary>The source pixels that outputs <paramref name="first"/> to <paramref name="end"/> - 1
    /// need.</summary>
    public (int Start, int End) SourceRange(int first, int end)
    {
        int last = 0;
        for (int i = first; i < end; i++)
        {
            last = Math.Max(last, Starts[i] + _counts[i]);
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
        ResampleWeights weights = new(length, row.Length);
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
            weights._counts[i] = count;
            for (int j = 0; j < count; j++)
            {
                double weight = sum != 0.0 ? row[j] / sum : row[j];
                weights._values[(i * weights._stride) + j] = ToFixedPoint(weight);
            }
        }

        return weights;
    }

    private static int ToFixedPoint(double weight) =>
        (int)((weight * (1 << Precision)) + (weight < 0.0 ? -0.5 : 0.5));
}
