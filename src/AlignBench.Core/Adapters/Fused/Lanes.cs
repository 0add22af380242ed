using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace AlignBench.Adapters.Fused;

/// <summary>Rows of float32 numbers, a vector register at a time; what is left at the end is padded with zeros.</summary>
internal static class Lanes
{
    /// <summary>Numbers in a register.</summary>
    public static int Width => Vector<float>.Count;

    /// <summary>A resident tensor's own memory, row-major.</summary>
    public static Span<float> Of(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>Row i of a matrix.</summary>
    public static Span<float> Row(Span<float> matrix, int i, int columns) => matrix.Slice(i * columns, columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Load(ReadOnlySpan<float> values, int start) =>
        start + Width <= values.Length ? new Vector<float>(values[start..]) : LoadEnd(values, start);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector<float> lane, Span<float> values, int start)
    {
        if (start + Width <= values.Length)
        {
            lane.CopyTo(values[start..]);
        }
        else
        {
            StoreEnd(lane, values, start);
        }
    }

    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector<float> sum = Vector<float>.Zero;
        for (int j = 0; j < a.Length; j += Width)
        {
            sum += Load(a, j) * Load(b, j);
        }

        return Vector.Sum(sum);
    }

    public static float Sum(ReadOnlySpan<float> values)
    {
        Vector<float> sum = Vector<float>.Zero;
        for (int j = 0; j < values.Length; j += Width)
        {
            sum += Load(values, j);
        }

        return Vector.Sum(sum);
    }

    /// <summary>target += factor * values.</summary>
    public static void Add(Span<float> target, ReadOnlySpan<float> values, float factor = 1)
    {
        Vector<float> by = new(factor);
        for (int j = 0; j < target.Length; j += Width)
        {
            Store(Load(target, j) + (by * Load(values, j)), target, j);
        }
    }

    // Apart, as a method that takes memory off the stack is not inlined.
    private static Vector<float> LoadEnd(ReadOnlySpan<float> values, int start)
    {
        Span<float> padded = stackalloc float[Vector<float>.Count];
        values[start..].CopyTo(padded);
        return new Vector<float>(padded);
    }

    private static void StoreEnd(Vector<float> lane, Span<float> values, int start)
    {
        Span<float> padded = stackalloc float[Vector<float>.Count];
        lane.CopyTo(padded);
        padded[..(values.Length - start)].CopyTo(values[start..]);
    }
}
