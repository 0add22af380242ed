using System.Numerics;
using System.Runtime.InteropServices;

namespace AlignBench.Similarity;

/// <summary>Sums over two rows in float64, always in the same order: equal rows give equal bits.</summary>
internal static class Vectors
{
    /// <summary>Σ a b.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector<double>> wideA = MemoryMarshal.Cast<double, Vector<double>>(a);
        ReadOnlySpan<Vector<double>> wideB = MemoryMarshal.Cast<double, Vector<double>>(b[..a.Length]);
        Vector<double> sums = Vector<double>.Zero;
        Vector<double> others = Vector<double>.Zero;         // a second chain of additions, to wait for each less
        int pairs = wideA.Length & ~1;
        for (int i = 0; i < pairs; i += 2)
        {
            sums += wideA[i] * wideB[i];
            others += wideA[i + 1] * wideB[i + 1];
        }

        if (pairs < wideA.Length)
        {
            sums += wideA[pairs] * wideB[pairs];
        }

        double sum = Vector.Sum(sums + others);
        for (int i = wideA.Length * Vector<double>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>Σ (a − b)².</summary>
    public static double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector<double>> wideA = MemoryMarshal.Cast<double, Vector<double>>(a);
        ReadOnlySpan<Vector<double>> wideB = MemoryMarshal.Cast<double, Vector<double>>(b[..a.Length]);
        Vector<double> sums = Vector<double>.Zero;
        for (int i = 0; i < wideA.Length; i++)
        {
            Vector<double> difference = wideA[i] - wideB[i];
            sums += difference * difference;
        }

        double sum = Vector.Sum(sums);
        for (int i = wideA.Length * Vector<double>.Count; i < a.Length; i++)
        {
            double difference = a[i] - b[i];
            sum += difference * difference;
        }

        return sum;
    }

    /// <summary>√Σ a².</summary>
    public static double Length(ReadOnlySpan<double> a) => Math.Sqrt(Dot(a, a));
}
