namespace AlignBench.Statistics.Distributions;

/// <summary>
/// Functions that must not round their small argument away; <c>double.LogP1</c> of .NET 10 does.
/// </summary>
internal static class SmallArguments
{
    /// <summary>ln(1 + x) to a few units in the last place, x ≥ −1 (Goldberg 1991, theorem 4).</summary>
    public static double Log1P(double x)
    {
        double sum = 1.0 + x;
        if (sum == 1.0)
        {
            return x;
        }

        return double.IsPositiveInfinity(sum) ? sum : Math.Log(sum) * x / (sum - 1.0);
    }
}
