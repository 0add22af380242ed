namespace AlignBench.Nn.Positions;

/// <summary>
/// T5's relative positions (Raffel et al. 2020, arXiv:1910.10683): near distances exact, far ones in log
/// steps.
/// </summary>
public static class RelativeBuckets
{
    /// <summary>
    /// The bucket of a key seen from a query. In float32 where logarithms come in, as transformers does.
    /// </summary>
    /// <param name="relative">Position of the key minus that of the query.</param>
    /// <param name="buckets">How many there are.</param>
    /// <param name="longest">From this distance on all is one bucket.</param>
    /// <param name="bidirectional">
    /// Half of the buckets are for keys behind the query; else those all count as here.
    /// </param>
    public static long Of(long relative, int buckets, int longest, bool bidirectional = true)
    {
        long first = 0;
        if (bidirectional)
        {
            buckets /= 2;
            first = relative > 0 ? buckets : 0;
        }

        long distance = bidirectional ? Math.Abs(relative) : Math.Max(0, -relative);
        int exact = buckets / 2;
        if (distance < exact)
        {
            return first + distance;
        }

        float steps = MathF.Log((float)distance / exact) / (float)Math.Log((double)longest / exact) * (
            buckets - exact);
        return first + Math.Min(buckets - 1, exact + (long)steps);
    }

    /// <summary>All pairs of a text: [N · N], query by query.</summary>
    public static long[] Table(int length, int buckets, int longest, bool bidirectional = true)
    {
        long[] table = new long[length * length];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = Of((i % length) - (i / length), buckets, longest, bidirectional);
        }

        return table;
    }
}
