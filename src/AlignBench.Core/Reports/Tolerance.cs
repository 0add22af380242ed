namespace AlignBench.Reports;

/// <summary>
/// How far a number may lie from the expected one: |got - expected| ≤ Absolute + Relative · |expected|.
/// </summary>
/// <param name="Absolute">≥ 0, in the number's own unit.</param>
/// <param name="Relative">≥ 0, a share of the expected number.</param>
public readonly record struct Tolerance(double Absolute, double Relative)
{
    /// <summary>What <c>verify</c> allows where nothing else is said.</summary>
    public static Tolerance Standard { get; } = new(1e-6, 0);

    /// <summary>The largest difference allowed at <paramref name="expected"/>.</summary>
    public double At(double expected) => Absolute + (Relative * Math.Abs(expected));

    /// <summary>NaN equals NaN and an infinity itself; apart from that neither is near to anything.</summary>
    public bool Allows(double expected, double got) =>
        expected.Equals(got) || Math.Abs(got - expected) <= (double.IsFinite(expected) ? At(expected) : -1);
}
