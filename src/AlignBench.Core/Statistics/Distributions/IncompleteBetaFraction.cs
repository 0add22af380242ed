namespace AlignBench.Statistics.Distributions;

/// <summary>
/// The continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method:
/// I_x(a, b) = x^a (1 − x)^b / (a B(a, b)) times it; quick for x ≤ (a + 1) / (a + b + 2).
/// </summary>
internal static class IncompleteBetaFraction
{
    private const double Tiny = 1e-300;
    private const int MaxTerms = 2_000_000;

    /// <exception cref="ArithmeticException">It did not settle.</exception>
    public static double Evaluate(double a, double b, double x)
    {
        double c = 1.0;
        double d = AwayFromZero(1.0 - ((a + b) * x / (a + 1.0)));
        d = 1.0 / d;
        double fraction = d;
        for (int m = 1; m <= MaxTerms; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1.0) * (a + (2 * m)));
            d = 1.0 / AwayFromZero(1.0 + (even * d));
            c = AwayFromZero(1.0 + (even / c));
            fraction *= d * c;

            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1.0));
            d = 1.0 / AwayFromZero(1.0 + (odd * d));
            c = AwayFromZero(1.0 + (odd / c));
            double factor = d * c;
            fraction *= factor;
            if (Math.Abs(factor - 1.0) < 2.3e-16)
            {
                return fraction;
            }
        }

        throw new ArithmeticException(
            $"incomplete beta fraction at a = {a}, b = {b}, x = {x} did not settle");
    }

    private static double AwayFromZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
