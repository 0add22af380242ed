using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AlignBench.Images;

/// <summary>
/// Resizes each column of bytes in Pillow's integer arithmetic: a byte is clamp((2^21 + sum of weight * byte)
/// >> 22). Neighbouring bytes of a row share their weights and fill the vectors' lanes. The sums are exact.
/// </summary>
internal static class VerticalPass
{
    private const int Half = 1 << (ResampleWeights.Precision - 1);

    /// <param name="source">Holds the source pixels of <paramref name="region"/>'s columns.</param>
    /// <param name="weights">Of the rows.</param>
    /// <param name="region">Output rows, and the columns to resize.</param>
    /// <param name="target">The region's pixels, written in full.</param>
    public static void Run(PixelRows source, ResampleWeights weights, PixelRegion region, Span<byte> target)
    {
        int width = 3 * region.Width;
        for (int y = 0; y < region.Height; y++)
        {
            int i = region.Top + y;
            ReadOnlySpan<int> values = weights.ValuesOf(i);
            ReadOnlySpan<byte> taps = source.From(region.Left, weights.Starts[i]);
            Span<byte> output = target.Slice(y * width, width);
            if (width < Vector256<byte>.Count)
            {
                SumNarrow(taps, source.Stride, values, output);
                continue;
            }

            for (int x = 0; x < width; x += Vector256<byte>.Count)
            {
                int from = Math.Min(x, width - Vector256<byte>.Count);   // the last may overlap those before
                SumBytes(taps[from..], source.Stride, values, output[from..]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumBytes(
        ReadOnlySpan<byte> taps, int stride, ReadOnlySpan<int> values, Span<byte> output)
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
        Vector256.Max(sum >> ResampleWeights.Precision, Vector256<int>.Zero),
        Vector256.Create(255)).AsUInt32();

    private static void SumNarrow(
        ReadOnlySpan<byte> taps, int stride, ReadOnlySpan<int> values, Span<byte> output)
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
