using AlignBench.Statistics.Distributions;

namespace AlignBench.Statistics.Inference;

/// <summary>A t statistic with its degrees of freedom: p values and intervals follow from it.</summary>
/// <param name="N">Observations (pairs).</param>
/// <param name="Estimate">What the interval is around, in the observations' unit.</param>
/// <param name="StandardError">s / √n with n − 1 in s; NaN for n = 1.</param>
/// <param name="T">
/// NaN for n = 1, for 0 / 0 and where an observation is NaN; infinite where only the error is 0.
/// </param>
/// <param name="DegreesOfFreedom">n − 1; NaN where an observation is NaN.</param>
public record TTest(int N, double Estimate, double StandardError, double T, double DegreesOfFreedom)
{
    /// <summary>
    /// The p value, exact to about 1e-14 relative for two-sided and the smaller one-sided p.
    /// </summary>
    public double PValue(Alternative alternative = Alternative.TwoSided) => alternative switch
    {
        Alternative.TwoSided => StudentT.TwoSided(T, DegreesOfFreedom),
        Alternative.Less => StudentT.SurvivalFunction(-T, DegreesOfFreedom),
        Alternative.Greater => StudentT.SurvivalFunction(T, DegreesOfFreedom),
        _ => throw new ArgumentOutOfRangeException(nameof(alternative)),
    };

    /// <summary>log₁₀ of the two-sided p value, finite where p underflows.</summary>
    public double Log10P => StudentT.Log10TwoSided(T, DegreesOfFreedom);

    /// <summary>
    /// Confidence interval of <see cref="Estimate"/>; half-infinite for a one-sided alternative.
    /// </summary>
    /// <param name="level">Coverage, between 0 and 1.</param>
    /// <param name="alternative">Less gives (−∞, high], greater [low, ∞).</param>
    /// <returns>
    /// As scipy's <c>confidence_interval</c>, its NaN for the infinite end when the standard error is exactly
    /// 0 included.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is outside (0, 1).</exception>
    public Interval ConfidenceInterval(double level = 0.95, Alternative alternative = Alternative.TwoSided)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(level, 0.0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, 1.0);
        double outside = 1.0 - level;
        (double below, double above) = alternative switch
        {
            Alternative.TwoSided => (outside / 2.0, outside / 2.0),
            Alternative.Less => (0.0, outside),
            Alternative.Greater => (outside, 0.0),
            _ => throw new ArgumentOutOfRangeException(nameof(alternative)),
        };
        return new Interval(Estimate - Reach(below), Estimate + Reach(above));
    }

    /// <summary>
    /// Student's one-sample test of mean(<paramref name="x"/>) against <paramref name="populationMean"/>.
    /// </summary>
    /// <param name="x">[n], n ≥ 1.</param>
    /// <param name="populationMean">The mean under the null hypothesis, in the unit of x.</param>
    /// <returns>Its estimate and interval are of the mean, not of the difference.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> is empty.</exception>
    public static TTest OneSample(ReadOnlySpan<double> x, double populationMean)
    {
        if (x.IsEmpty)
        {
            throw new ArgumentException("expected at least one observation", nameof(x));
        }

        double mean = Moments.Mean(x);
        double error = Moments.StandardError(x);
        return new TTest(
            x.Length, mean, error, (mean - populationMean) / error,
            double.IsNaN(mean) ? double.NaN : x.Length - 1);
    }

    // How far the interval reaches when a share of the distribution is left outside on that side.
    private double Reach(double outside) => StandardError
        * (outside <= 0.5 && DegreesOfFreedom > 0.0
            ? StudentT.UpperQuantile(outside, DegreesOfFreedom)
            : StudentT.Quantile(1.0 - outside, DegreesOfFreedom));
}
