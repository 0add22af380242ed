using System.Numerics;

namespace AlignBench.Adapters.Fused;

/// <summary>Rows of unit length, and LayerNorm, with their gradients. A row at a time.</summary>
internal static class Normalization
{
    private const float Shortest = 1e-12f;                  // as nn.functional.normalize

    /// <summary>unit = z / max(‖z‖, 1e-12).</summary>
    /// <returns>1 / max(‖z‖, 1e-12).</returns>
    public static float Unit(ReadOnlySpan<float> z, Span<float> unit)
    {
        float inverse = 1 / MathF.Max(MathF.Sqrt(Lanes.Dot(z, z)), Shortest);
        for (int j = 0; j < z.Length; j += Lanes.Width)
        {
            Lanes.Store(Lanes.Load(z, j) * inverse, unit, j);
        }

        return inverse;
    }

    /// <summary>The gradient with respect to z, in place of that with respect to the unit vector.</summary>
    /// <param name="gradient">[e], changed.</param>
    /// <param name="unit">[e].</param>
    /// <param name="inverse">What <see cref="Unit"/> returned.</param>
    public static void UnitBackward(Span<float> gradient, ReadOnlySpan<float> unit, float inverse)
    {
        // Below the shortest length the divisor is a constant.
        float along = inverse >= 1 / Shortest ? 0 : Lanes.Dot(gradient, unit);
        for (int j = 0; j < gradient.Length; j += Lanes.Width)
        {
            Lanes.Store((Lanes.Load(gradient, j) - (Lanes.Load(unit, j) * along)) * inverse, gradient, j);
        }
    }

    /// <summary>x becomes (x - mean) / deviation; written beside it: that times weight plus bias.</summary>
    /// <returns>1 / √(variance + epsilon).</returns>
    public static float Layer(
        Span<float> x, Span<float> output, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, float epsilon)
    {
        float mean = Lanes.Sum(x) / x.Length;
        for (int j = 0; j < x.Length; j++)
        {
            x[j] -= mean;
        }

        float squares = Lanes.Dot(x, x) / x.Length;
        float inverse = 1 / MathF.Sqrt(squares + epsilon);
        for (int j = 0; j < x.Length; j += Lanes.Width)
        {
            Vector<float> normalized = Lanes.Load(x, j) * inverse;
            Lanes.Store(normalized, x, j);
            Lanes.Store((normalized * Lanes.Load(weight, j)) + Lanes.Load(bias, j), output, j);
        }

        return inverse;
    }

    /// <summary>The gradient with respect to LayerNorm's input, in place of that with respect to its output.</summary>
    /// <param name="gradient">[h], changed.</param>
    /// <param name="normalized">[h], (x - mean) / deviation.</param>
    /// <param name="weight">[h].</param>
    /// <param name="inverse">What <see cref="Layer"/> returned.</param>
    /// <param name="weightGradient">[h], added to.</param>
    /// <param name="biasGradient">[h], added to.</param>
    public static void LayerBackward(
        Span<float> gradient,
        ReadOnlySpan<float> normalized,
        ReadOnlySpan<float> weight,
        float inverse,
        Span<float> weightGradient,
        Span<float> biasGradient)
    {
        Vector<float> sum = Vector<float>.Zero;
        Vector<float> along = Vector<float>.Zero;
        for (int j = 0; j < gradient.Length; j += Lanes.Width)
        {
            Vector<float> g = Lanes.Load(gradient, j);
            Vector<float> n = Lanes.Load(normalized, j);
            Lanes.Store(Lanes.Load(weightGradient, j) + (g * n), weightGradient, j);
            Lanes.Store(Lanes.Load(biasGradient, j) + g, biasGradient, j);
            Vector<float> scaled = g * Lanes.Load(weight, j);
            Lanes.Store(scaled, gradient, j);
            sum += scaled;
            along += scaled * n;
        }

        float mean = Vector.Sum(sum) / gradient.Length;
        float slope = Vector.Sum(along) / gradient.Length;
        for (int j = 0; j < gradient.Length; j += Lanes.Width)
        {
            Vector<float> g = Lanes.Load(gradient, j) - new Vector<float>(mean) - (Lanes.Load(normalized, j) * slope);
            Lanes.Store(g * inverse, gradient, j);
        }
    }
}
