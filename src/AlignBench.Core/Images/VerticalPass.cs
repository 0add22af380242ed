using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AlignBench.Images;

/// <summary>
/// Resizes each column of bytes in Pillow's integer arithmetic: a byte is clamp((2^21 + sum of weight * byte) >> 22).
/// Neighbouring bytes of a row share their weights and fill the vectors' lanes. The sums are exact.
/// </summary>
internal static class VerticalPass
{
    private const int Half = 1 << (ResampleWeights.Precision - 1);

    /// <param name="source">Rows of bytes; row 0 is source row <paramref name="origin"/>.</param>
    /// <param name="stride">Bytes from row to row of <paramref name="source"/>.</param>
    /// <param name="origin">The first source row that is there.</param>
    /// <param name="weights">Of the vertical axis.</param>
    /// <param name="first">First output row.</param>
    /// <param name="target">[rows, width] bytes, written in full.</param>
    /// <param name="width">Bytes per output row.</param>
    /// <param name="rows">Output rows.</param>
    public static void Run(
        ReadOnlySpan<byte> source, int stride, int origin, ResampleWeights weights, int first, Span<byte> target, int width,
        int rows)
    {
        for (int y = 0; y < rows; y++)
        {
            int i = first + y;
            ReadOnlySpan<int> values = weights.Values.AsSpan(i * weights.Stride, weights.Counts[i]);
            ReadOnlySpan<byte> taps = source[((weights.Starts[i] - origin) * stride)..];
            Span<byte> output = target.Slice(y * width, width);
            if (width < Vector256<byte>.Count)
            {
                SumNarrow(taps, stride, values, output);
                continue;
            }

            for (int x = 0; x < width; x += Vector256<byte>.Count)
            {
                int from = Math.Min(x, width - Vector256<byte>.Count);   // the last bytes may overlap those before them
                SumBytes(taps[from..], stride, values, output[from..]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumBytes(ReadOnlySpan<byte> taps, int stride, ReadOnlySpan<int> values, Span<byte> output)
    {
        Vector256<int> sum0 = Vector256.Create(Half);
        Vector256<int> sum1 = sum0;
        Vector256<int> sum2 = sum0;
        Vector256<int> sum3 = sum0;
        for (int j = 0; j < values.Length; j++)
        {
            Vector256<byte> bytes = Vector256.Create(taps.Slice(j * stride, Vector256<byte>.Count));
            (Vector256<ushort> low, Vector256<ushort> high) = Vector256.Widen(bytes);
            (Vector256<uint> a, Vector256<uint> b) = Vector256.Widen(low);
            (Vector256<uint> c, Vector256<uint> d) = Vector256.Widen(high);
            Vector256<int> weight = Vector256.Create(values[j]);
            sum0 += a.AsInt32() * weight;
            sum1 += b.AsInt32() * weight;
            sum2 += c.AsInt32() * weight;
            sum3 += d.AsInt32() * weight;
        }

        Vector256<ushort> lower = Vector256.Narrow(Clamp(sum0), Clamp(sum1));
        Vector256<ushort> upper = Vector256.Narrow(Clamp(sum2), Clamp(sum3));
        Vector256.Narrow(lower, upper).CopyTo(output);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Clamp(Vector256<int> sum) => Vector256.Min(
        Vector256.Max(sum >> ResampleWeights.Precision, Vector256<int>.Zero), Vector256.Create(255)).AsUInt32();

    private static void SumNarrow(ReadOnlySpan<byte> taps, int stride, ReadOnlySpan<int> values, Span<byte> output)
    {
        for (int x = 0; x < output.Length; x++)
        {
            int sum = Half;
            for (int j = 0; j < values.Length; j++)
            {
                sum += taps[(j * stride) + x] * values[j];
            }

            output[x] = (byte)Math.Clamp(sum >> ResampleWeights.Precision, 0, 255);
        }
    }
}
