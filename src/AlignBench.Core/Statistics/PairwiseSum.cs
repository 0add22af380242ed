namespace AlignBench.Statistics;

/// <summary>
/// NumPy's pairwise summation (numpy/core/src/umath/loops_utils.h.src, <c>pairwise_sum</c>), addition by
/// addition: sums agree with NumPy's in the last bit, which decides whether differences that are equal but
/// for rounding have a standard deviation of 0.
/// </summary>
internal static class PairwiseSum
{
    private const int BlockSize = 128;

    public static double Of(ReadOnlySpan<double> values)
    {
        int n = values.Length;
        if (n < 8)
        {
            double few = 0.0;
            foreach (double value in values)
            {
                few += value;
            }

            return few;
        }

        if (n > BlockSize)
        {
            int half = n / 2;
            half -= half % 8;
            return Of(values[..half]) + Of(values[half..]);
        }

        Span<double> lanes = stackalloc double[8];
        values[..8].CopyTo(lanes);
        int i = 8;
        for (; i < n - (n % 8); i += 8)
        {
            for (int lane = 0; lane < 8; lane++)
            {
                lanes[lane] += values[i + lane];
            }
        }

        double sum = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3]))
            + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
        for (; i < n; i++)
        {
            sum += values[i];
        }

        return sum;
    }
}
