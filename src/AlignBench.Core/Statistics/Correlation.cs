using AlignBench.Statistics.Distributions;

namespace AlignBench.Statistics;

/// <summary>A correlation coefficient and its two-sided p value; both NaN where a side is constant.</summary>
public readonly record struct Correlation(double Coefficient, double PValue)
{
    /// <summary>
    /// Pearson's r; p from t = r √((n − 2) / (1 − r²)), df n − 2, as <c>scipy.stats.pearsonr</c>.
    /// </summary>
    /// <param name="x">[n].</param>
    /// <param name="y">[n].</param>
    /// <returns>p is 1 for n = 2, where r is ±1 whatever the data.</returns>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    public static Correlation Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double r = PearsonCorrelation.Of(x, y);
        double p = x.Length == 2 && !double.IsNaN(r) ? 1.0 : PearsonP(r, x.Length);
        return new Correlation(r, p);
    }

    /// <summary>Spearman's ρ, Pearson's r of average ranks; p from the same t (NaN for n = 2).</summary>
    /// <inheritdoc cref="Pearson"/>
    public static Correlation Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double rho = PearsonCorrelation.Of(Ranks.Average(x), Ranks.Average(y));
        return new Correlation(rho, PearsonP(rho, x.Length));
    }

    /// <summary>Fisher's interval of a Pearson r: tanh(artanh r ∓ z / √(n − 3)).</summary>
    /// <param name="r">−1 to 1.</param>
    /// <param name="n">Observations; up to 3 nothing is known and the interval is [−1, 1].</param>
    /// <param name="level">Coverage, between 0 and 1.</param>
    public static Interval PearsonInterval(double r, int n, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(level, 0.0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, 1.0);
        if (double.IsNaN(r))
        {
            return new Interval(double.NaN, double.NaN);
        }

        if (n <= 3)
        {
            return new Interval(-1.0, 1.0);
        }

        double centre = Math.Atanh(r);
        double reach = -Normal.Quantile((1.0 - level) / 2.0) / Math.Sqrt(n - 3.0);
        return new Interval(Math.Tanh(centre - reach), Math.Tanh(centre + reach));
    }

    // (1 − r)(1 + r), not 1 − r²: near ±1 the square has lost the digits that matter.
    private static double PearsonP(double r, int n) =>
        StudentT.TwoSided(r * Math.Sqrt((n - 2.0) / ((1.0 - r) * (1.0 + r))), n - 2.0);
}
