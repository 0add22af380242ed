using AlignBench.Statistics.Distributions;

namespace AlignBench.Statistics.Inference;

/// <summary>
/// Student's paired test of mean(a − b) against 0, with effect sizes: t(df = n − 1) as
/// <c>scipy.stats.ttest_rel</c>. The published comparisons are over eight model pairs, two-sided.
/// </summary>
public sealed record PairedTTest : TTest
{
    // Differences that scatter less than this share of the values' size are equal but for rounding.
    private const double RoundingShare = 1e-13;

    private PairedTTest(int n, double mean, double error, double t, double df)
        : base(n, mean, error, t, df)
    {
    }

    /// <summary>mean(a − b), in the unit of a and b.</summary>
    public double MeanDifference => Estimate;

    /// <summary>Sample standard deviation of the differences.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>
    /// Mean difference over the standard deviation of the differences, t / √n (Lakens 2013, d_z).
    /// </summary>
    public required double CohenDz { get; init; }

    /// <summary>Mean difference over √((var a + var b) / 2) (Lakens 2013, d_av).</summary>
    public required double CohenDav { get; init; }

    /// <summary>
    /// d_z without its small-sample bias: times J = Γ(m/2) / (√(m/2) Γ((m−1)/2)), m = n − 1 (Hedges 1981).
    /// NaN for n &lt; 3.
    /// </summary>
    public required double HedgesGz { get; init; }

    /// <summary>
    /// Whether the differences are equal, exactly or but for rounding (standard deviation at most 1e-13 of
    /// the largest value): a constant shift then looks like an overwhelming effect, and t and p say nothing
    /// about one.
    /// </summary>
    public required bool DifferencesAreEqual { get; init; }

    /// <summary>Compares paired observations.</summary>
    /// <param name="a">[n], any unit.</param>
    /// <param name="b">
    /// [n], the same unit; subtracted from <paramref name="a"/> before anything is averaged.
    /// </param>
    /// <exception cref="ArgumentException">The counts differ or are zero.</exception>
    public static PairedTTest Compare(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length || a.IsEmpty)
        {
            throw new ArgumentException(
                $"observations must be paired, at least one: {a.Length} against {b.Length}");
        }

        int n = a.Length;
        double[] differences = new double[n];
        double largest = 0.0;
        for (int i = 0; i < n; i++)
        {
            differences[i] = a[i] - b[i];
            largest = Math.Max(largest, Math.Max(Math.Abs(a[i]), Math.Abs(b[i])));
        }

        double mean = Moments.Mean(differences);
        double deviation = Moments.StandardDeviation(differences);
        double error = Moments.StandardError(differences);
        double dz = mean / deviation;
        return new PairedTTest(n, mean, error, mean / error, double.IsNaN(mean) ? double.NaN : n - 1)
        {
            StandardDeviation = deviation,
            CohenDz = dz,
            CohenDav = mean / Math.Sqrt((Moments.Variance(a) + Moments.Variance(b)) / 2.0),
            HedgesGz = dz * HedgesCorrection(n - 1),
            DifferencesAreEqual = n > 1 && deviation <= RoundingShare * largest,
        };
    }

    // J for m degrees of freedom; Γ((m − 1) / 2) needs two.
    private static double HedgesCorrection(int m) =>
        m < 2 ? double.NaN : GammaRatio.Half((m - 1) / 2.0) / Math.Sqrt(m / 2.0);
}
