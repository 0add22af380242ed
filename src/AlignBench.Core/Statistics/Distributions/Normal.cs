using MathNet.Numerics;

namespace AlignBench.Statistics.Distributions;

/// <summary>The standard normal distribution.</summary>
public static class Normal
{
    private const double Root2 = 1.4142135623730951;

    // Beyond this erfc has left the normal doubles and the asymptotic series has more digits than it needs.
    private const double AsymptoticFrom = 30.0;

    /// <summary>P(X ≤ x), right to about 1e-14 relative in the lower tail too.</summary>
    public static double Cdf(double x) => SpecialFunctions.Erfc(-x / Root2) / 2.0;

    /// <summary>P(X > x).</summary>
    public static double SurvivalFunction(double x) => SpecialFunctions.Erfc(x / Root2) / 2.0;

    /// <summary>P(|X| > |x|), the two-sided p value.</summary>
    public static double TwoSided(double x) => SpecialFunctions.Erfc(Math.Abs(x) / Root2);

    /// <summary>log₁₀ of the two-sided p value, finite where p itself is below the smallest double.</summary>
    public static double Log10TwoSided(double x)
    {
        double t = Math.Abs(x);
        if (!(t > AsymptoticFrom))
        {
            return Math.Log10(TwoSided(t));
        }

        // φ(t)/t (1 − 1/t² + 3/t⁴ − 15/t⁶), Abramowitz and Stegun 26.2.12; the next term is below 2e-10.
        double r = 1.0 / (t * t);
        double series = 1.0 - (r * (1.0 - (3.0 * r * (1.0 - (5.0 * r)))));
        double log = (-t * t / 2.0) - Math.Log(t) - (Math.Log(2.0 * Math.PI) / 2.0) + Math.Log(2.0 * series);
        return log / Math.Log(10.0);
    }

    /// <summary>The x with P(X ≤ x) = <paramref name="q"/>.</summary>
    /// <param name="q">0 to 1; the ends give infinities, anything outside NaN.</param>
    public static double Quantile(double q)
    {
        if (!(q >= 0.0 && q <= 1.0))
        {
            return double.NaN;
        }

        if (q is 0.0 or 1.0)
        {
            return q == 0.0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        if (q > 0.5)
        {
            return -Quantile(1.0 - q);
        }

        double x = -Root2 * SpecialFunctions.ErfcInv(2.0 * q);
        double density = Math.Exp(-x * x / 2.0) / Math.Sqrt(2.0 * Math.PI);
        return q == 0.5 ? 0.0 : x - ((Cdf(x) - q) / density);
    }
}
