namespace AlignBench.Statistics.Distributions;

/// <summary>
/// Student's t distribution through the regularised incomplete beta function,
/// sf(t) = ½ I_{ν/(ν+t²)}(ν/2, ½) for t ≥ 0 (Abramowitz and Stegun 26.5.27, 26.7.1): about 1e-14 relative
/// down to the smallest doubles, where 1 − cdf has lost every digit.
/// </summary>
public static class StudentT
{
    private const double Ln10 = 2.302585092994045684;

    /// <summary>P(T > t).</summary>
    /// <param name="t">Any real number or infinity; NaN gives NaN.</param>
    /// <param name="df">ν > 0; anything else gives NaN.</param>
    public static double SurvivalFunction(double t, double df)
    {
        double half = TwoSided(t, df) / 2.0;
        return t < 0.0 ? 1.0 - half : half;
    }

    /// <summary>P(|T| > |t|), the two-sided p value.</summary>
    /// <inheritdoc cref="SurvivalFunction"/>
    public static double TwoSided(double t, double df)
    {
        if (double.IsNaN(t) || !(df > 0.0))
        {
            return double.NaN;
        }

        StudentTail tail = StudentTail.Of(Math.Abs(t), df);
        return tail.IsUpper ? tail.Value : 1.0 - tail.Value;
    }

    /// <summary>log₁₀ of the two-sided p value, finite where p itself is below the smallest double.</summary>
    /// <inheritdoc cref="SurvivalFunction"/>
    public static double Log10TwoSided(double t, double df)
    {
        if (double.IsNaN(t) || !(df > 0.0))
        {
            return double.NaN;
        }

        StudentTail tail = StudentTail.Of(Math.Abs(t), df);
        return (tail.IsUpper ? tail.LogValue : SmallArguments.Log1P(-tail.Value)) / Ln10;
    }

    /// <summary>The density, Γ((ν+1)/2) / (√(νπ) Γ(ν/2)) (1 + t²/ν)^(−(ν+1)/2).</summary>
    /// <inheritdoc cref="SurvivalFunction"/>
    public static double Density(double t, double df)
    {
        double scale = GammaRatio.Half(df / 2.0) / Math.Sqrt(df * Math.PI);
        return scale * Math.Exp(-(df + 1.0) / 2.0 * SmallArguments.Log1P(t / df * t));
    }

    /// <summary>The t with P(T ≤ t) = <paramref name="q"/>.</summary>
    /// <param name="q">0 to 1; the ends give infinities, anything outside NaN.</param>
    /// <param name="df">ν > 0; anything else gives NaN.</param>
    public static double Quantile(double q, double df)
    {
        if (!(q >= 0.0 && q <= 1.0) || !(df > 0.0))
        {
            return double.NaN;
        }

        return q < 0.5 ? -UpperQuantile(q, df) : UpperQuantile(1.0 - q, df);
    }

    /// <summary>The t ≥ 0 with P(T > t) = <paramref name="p"/>; small p keep all their digits here.</summary>
    /// <param name="p">0 to ½.</param>
    /// <param name="df">ν > 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is outside 0 … ½.</exception>
    public static double UpperQuantile(double p, double df)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(p);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(p, 0.5);
        if (p == 0.0)
        {
            return double.PositiveInfinity;
        }

        if (p == 0.5)
        {
            return 0.0;
        }

        return Refine(Bracket(p, df), p, df);
    }

    // Doubles from 1 until sf is below p, or halves until it is above: [low, high] with high = 2 low.
    private static (double Low, double High) Bracket(double p, double df)
    {
        double high = 1.0;
        while (SurvivalFunction(high, df) > p && high < double.MaxValue / 2.0)
        {
            high *= 2.0;
        }

        while (high > 1e-300 && SurvivalFunction(high / 2.0, df) <= p)
        {
            high /= 2.0;
        }

        return (high / 2.0, high);
    }

    // Newton on ln sf where the tail is thin (it is nearly linear in ln t there) and on sf near the middle,
    // kept inside the bracket by bisection.
    private static double Refine((double Low, double High) bracket, double p, double df)
    {
        (double low, double high) = bracket;
        double t = (low + high) / 2.0;
        for (int step = 0; step < 200; step++)
        {
            double sf = SurvivalFunction(t, df);
            if (sf > p)
            {
                low = t;
            }
            else
            {
                high = t;
            }

            double density = Density(t, df);
            double next = p < 0.1 ? t + (sf / density * Math.Log(sf / p)) : t + ((sf - p) / density);
            if (!(next >= low && next <= high))
            {
                next = (low + high) / 2.0;
            }

            if (Math.Abs(next - t) <= 4e-16 * t)
            {
                return next;
            }

            t = next;
        }

        return t;
    }
}
