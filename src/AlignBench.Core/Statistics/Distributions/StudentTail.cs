namespace AlignBench.Statistics.Distributions;

/// <summary>
/// One tail of the symmetric t distribution: P(|T| > t) where that is the smaller and exact one
/// (<c>IsUpper</c>), else P(|T| ≤ t), so that neither is ever the difference of nearly equal numbers.
/// </summary>
internal readonly record struct StudentTail(bool IsUpper, double Value, double LogValue)
{
    /// <param name="t">0 or more.</param>
    /// <param name="df">ν > 0.</param>
    public static StudentTail Of(double t, double df)
    {
        if (t == 0.0)
        {
            return new StudentTail(false, 0.0, double.NegativeInfinity);
        }

        if (double.IsPositiveInfinity(t))
        {
            return new StudentTail(true, 0.0, double.NegativeInfinity);
        }

        double a = df / 2.0;
        double beta = Math.Sqrt(Math.PI) / GammaRatio.Half(a);   // B(a, ½) = Γ(a) √π / Γ(a + ½)
        double ratio = t / df * t;                               // t²/ν; infinite only for t beyond 1e154
        double x = 1.0 / (1.0 + ratio);                          // ν / (ν + t²)
        double y = ratio / (1.0 + ratio);                        // t² / (ν + t²) without 1 − x
        if (double.IsInfinity(ratio))
        {
            y = 1.0;
        }

        // x^a: ln x = −ln(1 + t²/ν), in the form whose rounding a then multiplies least.
        double logX = ratio < 1e100 ? -SmallArguments.Log1P(ratio) : (Math.Log(df) - (2.0 * Math.Log(t)));
        double logPower = a * logX;
        double power = Power(t, df, a);
        bool upper = x <= (a + 1.0) / (a + 2.5);
        if (upper)
        {
            double fraction = IncompleteBetaFraction.Evaluate(a, 0.5, x);
            double factor = Math.Sqrt(y) * fraction / (a * beta);
            return new StudentTail(true, power * factor, logPower + Math.Log(factor));
        }

        double lower = power * Math.Sqrt(y) * IncompleteBetaFraction.Evaluate(0.5, a, y) / (0.5 * beta);
        return new StudentTail(false, lower, Math.Log(lower));
    }

    // (ν / (ν + t²))^a. Math.Pow of the rounded base is off by a times its rounding error, so the base's
    // error (found by fused multiply-add) is put back to first order.
    private static double Power(double t, double df, double a)
    {
        double square = t * t;
        if (double.IsInfinity(square))
        {
            return Math.Pow(Math.Sqrt(df) / t, df);
        }

        double squareError = Math.FusedMultiplyAdd(t, t, -square);
        double sum = df + square;
        double shift = sum - df;
        double sumError = (df - (sum - shift)) + (square - shift) + squareError;
        double quotient = df / sum;
        double remainder = Math.FusedMultiplyAdd(-quotient, sum, df) - (quotient * sumError);
        return Math.Pow(quotient, a) * (1.0 + (a * remainder / df));
    }
}
