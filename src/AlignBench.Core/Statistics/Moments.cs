namespace AlignBench.Statistics;

/// <summary>Mean, variance and standard error of a sample, summed as NumPy sums.</summary>
public static class Moments
{
    /// <summary>Σ x / n; NaN of an empty sample.</summary>
    public static double Mean(ReadOnlySpan<double> values) => PairwiseSum.Of(values) / values.Length;

    /// <summary>
    /// Σ (x − x̄)² / (n − <paramref name="ddof"/>), the mean subtracted first; NaN when n ≤ ddof.
    /// </summary>
    /// <param name="values">[n], any unit; returned in its square.</param>
    /// <param name="ddof">Degrees of freedom spent: 1 for a sample, 0 for a population.</param>
    public static double Variance(ReadOnlySpan<double> values, int ddof = 1)
    {
        if (values.Length <= ddof)
        {
            return double.NaN;
        }

        double mean = Mean(values);
        double[] squares = new double[values.Length];
        for (int i = 0; i < squares.Length; i++)
        {
            double deviation = values[i] - mean;
            squares[i] = deviation * deviation;
        }

        return PairwiseSum.Of(squares) / (values.Length - ddof);
    }

    /// <summary>Sample standard deviation (n − 1).</summary>
    public static double StandardDeviation(ReadOnlySpan<double> values) => Math.Sqrt(Variance(values));

    /// <summary>Standard error of the mean, s / √n with n − 1 in s: the error bar over model pairs.</summary>
    public static double StandardError(ReadOnlySpan<double> values) =>
        Math.Sqrt(Variance(values) / values.Length);

    /// <summary>
    /// Whether a column is constant but for rounding: σ² ≤ n ε σ² + (n x̄ ε)², the rule of scikit-learn's
    /// StandardScaler (<c>_is_constant_feature</c>), σ² the population variance.
    /// </summary>
    public static bool IsConstant(double mean, double populationVariance, int n)
    {
        const double epsilon = 2.220446049250313e-16;     // double.Epsilon is the smallest subnormal
        double rounding = n * mean * epsilon;
        return populationVariance <= (n * epsilon * populationVariance) + (rounding * rounding);
    }
}
