namespace AlignBench.Statistics;

/// <summary>
/// Pearson's product-moment correlation, undefined (NaN) where a side is constant but for rounding.
/// </summary>
public static class PearsonCorrelation
{
    /// <summary>r = Σ (x − x̄)(y − ȳ) / √(Σ (x − x̄)² Σ (y − ȳ)²), within [−1, 1].</summary>
    /// <param name="x">[n].</param>
    /// <param name="y">[n].</param>
    /// <returns>
    /// NaN if a side is constant by <see cref="Moments.IsConstant"/> or holds a NaN, or if n &lt; 2.
    /// </returns>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    public static double Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"observations must be paired: {x.Length} against {y.Length}");
        }

        int n = x.Length;
        if (n < 2)
        {
            return double.NaN;
        }

        double meanX = Moments.Mean(x);
        double meanY = Moments.Mean(y);
        double xx = 0.0;
        double yy = 0.0;
        double xy = 0.0;
        for (int i = 0; i < n; i++)
        {
            double dx = x[i] - meanX;
            double dy = y[i] - meanY;
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }

        return FromSums(n, meanX, meanY, xx, yy, xy);
    }

    /// <summary>
    /// r from the sums of squares and products of centred values, with the rule for constant sides.
    /// </summary>
    internal static double FromSums(int n, double meanX, double meanY, double xx, double yy, double xy)
    {
        if (Moments.IsConstant(meanX, xx / n, n) || Moments.IsConstant(meanY, yy / n, n))
        {
            return double.NaN;
        }

        // √xx √yy, not √(xx yy): the product of two tiny sums underflows.
        return Math.Clamp(xy / Math.Sqrt(xx) / Math.Sqrt(yy), -1.0, 1.0);
    }
}
