namespace AlignBench.Statistics.Distributions;

/// <summary>
/// Γ(a + ½) / Γ(a) to a few units in the last place, without the cancellation of two log-gammas.
/// </summary>
internal static class GammaRatio
{
    // Below this the recursion Γ(a + ½)/Γ(a) = (a / (a + ½)) Γ(a + 3/2)/Γ(a + 1) lifts a.
    private const double AsymptoticFrom = 25.0;

    /// <param name="a">Positive.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="a"/> is not positive.</exception>
    public static double Half(double a)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(a);
        double lift = 1.0;
        while (a < AsymptoticFrom)
        {
            lift *= a / (a + 0.5);
            a += 1.0;
        }

        return lift * Asymptotic(a);
    }

    // √a (1 − 1/8a + 1/128a² + 5/1024a³ − 21/32768a⁴ − …), the series that satisfies the recursion above
    // (DLMF 5.11.13 with a shift of ½); the first term left out is 2e-18 at a = 25.
    private static double Asymptotic(double a)
    {
        double r = 1.0 / a;
        double series = -28717403.0 / 17179869184.0;
        series = (series * r) - (334477.0 / 2147483648.0);
        series = (series * r) + (39325.0 / 33554432.0);
        series = (series * r) + (869.0 / 4194304.0);
        series = (series * r) - (399.0 / 262144.0);
        series = (series * r) - (21.0 / 32768.0);
        series = (series * r) + (5.0 / 1024.0);
        series = (series * r) + (1.0 / 128.0);
        series = (series * r) - (1.0 / 8.0);
        return Math.Sqrt(a) * ((series * r) + 1.0);
    }
}
