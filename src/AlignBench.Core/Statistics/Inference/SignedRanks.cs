namespace AlignBench.Statistics.Inference;

/// <summary>
/// Average ranks of |d| with d's signs, summed, and the moments of the sum under the null hypothesis.
/// </summary>
/// <param name="Count">Differences that take part.</param>
/// <param name="Plus">W+, with half of the zeros' ranks if they are split.</param>
/// <param name="Minus">W−, likewise.</param>
/// <param name="SplitZeros">Half of the zeros' ranks, 0 unless they are split.</param>
/// <param name="NonZero">Ranks of the differences that are not zero.</param>
/// <param name="HasTiesOrZeros">Whether an absolute difference occurs twice, or is zero.</param>
/// <param name="NullMean">Of W+.</param>
/// <param name="NullDeviation">Of W+, corrected for ties (Cureton 1967 for Pratt's zeros).</param>
internal sealed record SignedRanks(
    int Count, double Plus, double Minus, double SplitZeros, double[] NonZero, bool HasTiesOrZeros,
    double NullMean, double NullDeviation)
{
    public static SignedRanks Of(ReadOnlySpan<double> differences, ZeroMethod zeros)
    {
        double[] kept = zeros == ZeroMethod.Wilcox
            ? [.. differences.ToArray().Where(d => d != 0.0)]
            : differences.ToArray();
        double[] sizes = [.. kept.Select(Math.Abs)];
        double[] ranks = Ranks.Average(sizes);
        int[] ties = Ranks.TieCounts(sizes);
        int zeroCount = kept.Count(d => d == 0.0);
        double plus = Sum(kept, ranks, d => d > 0.0);
        double minus = Sum(kept, ranks, d => d < 0.0);
        double split = zeros == ZeroMethod.ZSplit ? Sum(kept, ranks, d => d == 0.0) / 2.0 : 0.0;

        double n = kept.Length;
        double mean = n * (n + 1.0) / 4.0;
        double variance = n * (n + 1.0) * ((2.0 * n) + 1.0);
        if (zeros == ZeroMethod.Pratt && zeroCount > 0)
        {
            double z = zeroCount;
            mean -= z * (z + 1.0) / 4.0;
            variance -= z * (z + 1.0) * ((2.0 * z) + 1.0);
            ties = ties[1..];                               // the zeros are corrected for already
        }

        variance -= ties.Sum(tie => (Math.Pow(tie, 3) - tie) / 2.0);
        return new SignedRanks(
            kept.Length, plus + split, minus + split, split,
            [.. ranks.Where((_, i) => kept[i] != 0.0)],
            ties.Any(tie => tie > 1) || differences.Contains(0.0), mean, Math.Sqrt(variance / 24.0));
    }

    private static double Sum(double[] differences, double[] ranks, Func<double, bool> counts) =>
        ranks.Where((_, i) => counts(differences[i])).Sum();
}
