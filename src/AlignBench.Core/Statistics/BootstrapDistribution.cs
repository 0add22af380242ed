using AlignBench.Statistics.Distributions;

namespace AlignBench.Statistics;

/// <summary>A statistic and its values over resamples of the data (Efron and Tibshirani 1993).</summary>
/// <param name="Observed">The statistic of the data, θ̂.</param>
/// <param name="Values">[B], the statistic of each resample.</param>
public sealed record BootstrapDistribution(double Observed, double[] Values)
{
    /// <summary>Sample standard deviation of the resampled statistics.</summary>
    public double StandardError => Moments.StandardDeviation(Values);

    /// <summary>The resamples' own quantiles.</summary>
    /// <param name="level">Coverage, between 0 and 1.</param>
    public Interval Percentile(double level = 0.95)
    {
        double[] sorted = Sorted(level);
        double outside = (1.0 - level) / 2.0;
        return new Interval(Quantile(sorted, outside), Quantile(sorted, 1.0 - outside));
    }

    /// <summary>
    /// The percentile interval mirrored at the observed value: [2θ̂ − q_high, 2θ̂ − q_low].
    /// </summary>
    /// <inheritdoc cref="Percentile"/>
    public Interval Basic(double level = 0.95)
    {
        Interval percentile = Percentile(level);
        return new Interval((2.0 * Observed) - percentile.High, (2.0 * Observed) - percentile.Low);
    }

    /// <summary>
    /// Bias-corrected and accelerated (Efron 1987), as <c>scipy.stats.bootstrap</c>: quantiles shifted by how
    /// many resamples lie below θ̂ and by the skewness of the jackknife values.
    /// </summary>
    /// <param name="jackknife">[n], the statistic without each observation in turn.</param>
    /// <param name="level">Coverage, between 0 and 1.</param>
    /// <returns>NaN where the jackknife values are all equal.</returns>
    public Interval BiasCorrectedAccelerated(ReadOnlySpan<double> jackknife, double level = 0.95)
    {
        double[] sorted = Sorted(level);
        double below = Values.Count(value => value < Observed) + Values.Count(value => value <= Observed);
        double bias = Normal.Quantile(below / (2.0 * Values.Length));
        double acceleration = Acceleration(jackknife);
        double z = Normal.Quantile((1.0 - level) / 2.0);
        return new Interval(Shifted(z), Shifted(-z));

        double Shifted(double quantile)
        {
            double shift = bias + quantile;
            return Quantile(sorted, Normal.Cdf(bias + (shift / (1.0 - (acceleration * shift)))));
        }
    }

    // Σ U³ / (6 (Σ U²)^1.5), U = (n − 1)(t̄ − t).
    private static double Acceleration(ReadOnlySpan<double> jackknife)
    {
        double mean = Moments.Mean(jackknife);
        double squares = 0.0;
        double cubes = 0.0;
        foreach (double value in jackknife)
        {
            double influence = (jackknife.Length - 1) * (mean - value);
            squares += influence * influence;
            cubes += influence * influence * influence;
        }

        return cubes / (6.0 * Math.Pow(squares, 1.5));
    }

    private double[] Sorted(double level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(level, 0.0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, 1.0);
        return [.. Values.Order()];
    }

    // Linear interpolation at (B − 1) q, Hyndman and Fan's type 7.
    private static double Quantile(double[] sorted, double q)
    {
        if (double.IsNaN(q))
        {
            return double.NaN;
        }

        double position = (sorted.Length - 1) * q;
        int low = (int)Math.Floor(position);
        int high = Math.Min(low + 1, sorted.Length - 1);
        return sorted[low] + ((position - low) * (sorted[high] - sorted[low]));
    }
}
