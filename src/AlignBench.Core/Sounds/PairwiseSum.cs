namespace AlignBench.Sounds;

/// <summary>
/// float32 sums in the order of NumPy's <c>sum</c> along a contiguous axis (pairwise summation,
/// numpy/_core/src/umath/loops_utils.h.src): blocks of up to 128 values in eight running sums, longer ranges as
/// the sum of their halves. The same bits as there, and an error that grows with log n.
/// </summary>
internal static class PairwiseSum
{
    private const int BlockLength = 128;
    private const int Lanes = 8;

    /// <summary>0 of nothing.</summary>
    public static float Of(ReadOnlySpan<float> values)
    {
        if (values.Length > BlockLength)
        {
            int half = values.Length / 2;
            half -= half % Lanes;
            return Of(values[..half]) + Of(values[half..]);
        }

        int whole = values.Length - (values.Length % Lanes);
        float sum = whole == 0 ? 0 : OfBlock(values[..whole]);
        foreach (float value in values[whole..])
        {
            sum += value;
        }

        return sum;
    }

    /// <summary>As NumPy's <c>mean</c>.</summary>
    /// <param name="values">[n], n at least 1.</param>
    public static float Mean(ReadOnlySpan<float> values) => Of(values) / values.Length;

    /// <param name="values">A whole number of lanes, one or more.</param>
    private static float OfBlock(ReadOnlySpan<float> values)
    {
        Span<float> r = stackalloc float[Lanes];
        values[..Lanes].CopyTo(r);
        for (int i = Lanes; i < values.Length; i += Lanes)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                r[lane] += values[i + lane];
            }
        }

        return (r[0] + r[1] + (r[2] + r[3])) + (r[4] + r[5] + (r[6] + r[7]));
    }
}
