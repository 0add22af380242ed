using System.Numerics;

namespace AlignBench.Adapters.Fused;

/// <summary>GELU and its derivative, in one pass.</summary>
internal static class Activation
{
    private const float Slope = 0.044715f;                  // of the tanh form's cubic
    private static readonly float s_rootOfTwoOverPi = MathF.Sqrt(2 / MathF.PI);
    private static readonly float s_rootOfHalf = MathF.Sqrt(0.5f);
    private static readonly float s_density = 1 / MathF.Sqrt(2 * MathF.PI);

    // erf(x) = x P(x^2) / Q(x^2) on [-4, 4], 1 beyond in float32 (the rational form of Eigen and XLA).
    private static readonly float[] s_above =
    [
        -2.72614225801306e-10f, 2.77068142495902e-08f, -2.10102402082508e-06f, -5.69250639462346e-05f,
        -7.34990630326855e-04f, -2.95459980854025e-03f, -1.60960333262415e-02f,
    ];

    private static readonly float[] s_below =
    [
        -1.45660718464996e-05f, -2.13374055278905e-04f, -1.68282697438203e-03f, -7.37332916720468e-03f,
        -1.42647390514189e-02f,
    ];

    /// <summary>Replaces x by GELU(x), and keeps the derivative.</summary>
    /// <param name="values">[n], changed.</param>
    /// <param name="derivatives">[n], written.</param>
    /// <param name="form">Which formula.</param>
    public static void Gelu(Span<float> values, Span<float> derivatives, GeluForm form)
    {
        for (int j = 0; j < values.Length; j += Lanes.Width)
        {
            Vector<float> x = Lanes.Load(values, j);
            (Vector<float> share, Vector<float> slope) = form == GeluForm.Erf ? Erf(x) : Tanh(x);
            Lanes.Store(x * share, values, j);
            Lanes.Store(share + (x * slope), derivatives, j);
        }
    }

    // Φ(x) and its derivative.
    private static (Vector<float> Share, Vector<float> Slope) Erf(Vector<float> x)
    {
        Vector<float> z = Vector.Min(Vector.Max(x * s_rootOfHalf, new Vector<float>(-4)), new Vector<float>(4));
        Vector<float> squared = z * z;
        Vector<float> erf = z * Polynomial(squared, s_above) / Polynomial(squared, s_below);
        return ((erf + Vector<float>.One) * 0.5f, Vector.Exp(x * x * -0.5f) * s_density);
    }

    // (1 + tanh u) / 2 = 1 / (1 + exp(-2 u)), u = √(2/π) (x + .044715 x³).
    private static (Vector<float> Share, Vector<float> Slope) Tanh(Vector<float> x)
    {
        Vector<float> squared = x * x;
        Vector<float> u = x * (Vector<float>.One + (squared * Slope)) * s_rootOfTwoOverPi;
        Vector<float> share = Vector<float>.One / (Vector<float>.One + Vector.Exp(u * -2f));
        Vector<float> inner = (Vector<float>.One + (squared * (3 * Slope))) * s_rootOfTwoOverPi;
        return (share, share * (Vector<float>.One - share) * inner * 2f);
    }

    private static Vector<float> Polynomial(Vector<float> x, float[] coefficients)
    {
        Vector<float> sum = new(coefficients[0]);
        for (int i = 1; i < coefficients.Length; i++)
        {
            sum = (sum * x) + new Vector<float>(coefficients[i]);
        }

        return sum;
    }
}
