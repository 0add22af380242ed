using System.Numerics;
using System.Runtime.InteropServices;

namespace AlignBench.Regression.Algebra;

/// <summary>Element-wise loops over whole rows, a vector register at a time.</summary>
internal static class VectorMath
{
    /// <summary>to = factor from.</summary>
    public static void Scale(ReadOnlySpan<double> from, double factor, Span<double> to)
    {
        ReadOnlySpan<Vector<double>> wide = MemoryMarshal.Cast<double, Vector<double>>(from);
        Span<Vector<double>> result = MemoryMarshal.Cast<double, Vector<double>>(to[..from.Length]);
        for (int i = 0; i < wide.Length; i++)
        {
            result[i] = wide[i] * factor;
        }

        for (int i = wide.Length * Vector<double>.Count; i < from.Length; i++)
        {
            to[i] = from[i] * factor;
        }
    }

    /// <summary>to = a ∘ b.</summary>
    public static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> to)
    {
        ReadOnlySpan<Vector<double>> wideA = MemoryMarshal.Cast<double, Vector<double>>(a);
        ReadOnlySpan<Vector<double>> wideB = MemoryMarshal.Cast<double, Vector<double>>(b[..a.Length]);
        Span<Vector<double>> result = MemoryMarshal.Cast<double, Vector<double>>(to[..a.Length]);
        for (int i = 0; i < wideA.Length; i++)
        {
            result[i] = wideA[i] * wideB[i];
        }

        for (int i = wideA.Length * Vector<double>.Count; i < a.Length; i++)
        {
            to[i] = a[i] * b[i];
        }
    }

    /// <summary>to += from.</summary>
    public static void Add(ReadOnlySpan<double> from, Span<double> to)
    {
        ReadOnlySpan<Vector<double>> wide = MemoryMarshal.Cast<double, Vector<double>>(from);
        Span<Vector<double>> result = MemoryMarshal.Cast<double, Vector<double>>(to[..from.Length]);
        for (int i = 0; i < wide.Length; i++)
        {
            result[i] += wide[i];
        }

        for (int i = wide.Length * Vector<double>.Count; i < from.Length; i++)
        {
            to[i] += from[i];
        }
    }

    /// <summary>Σ a b.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector<double>> wideA = MemoryMarshal.Cast<double, Vector<double>>(a);
        ReadOnlySpan<Vector<double>> wideB = MemoryMarshal.Cast<double, Vector<double>>(b[..a.Length]);
        Vector<double> sums = Vector<double>.Zero;
        for (int i = 0; i < wideA.Length; i++)
        {
            sums += wideA[i] * wideB[i];
        }

        double sum = Vector.Sum(sums);
        for (int i = wideA.Length * Vector<double>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
