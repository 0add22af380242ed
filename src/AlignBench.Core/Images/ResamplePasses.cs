using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AlignBench.Images;

/// <summary>
/// The two passes of a resize over RGB rows, in Pillow's integer arithmetic: each output byte is
/// clamp((2^21 + sum of weight * byte) >> 22). The sums are exact, so their order does not matter.
/// </summary>
internal static class ResamplePasses
{
    private const int Half = 1 << (ResampleWeights.Precision - 1);

    /// <summary>Resizes each row.</summary>
    /// <param name="source">[rows, sourceStride] bytes; a row's pixels begin at source pixel <paramref name="origin"/>.</param>
    /// <param name="sourceStride">Bytes from row to row.</param>
    /// <param name="origin">The source pixel that is first in each row of <paramref name="source"/>.</param>
    /// <param name="weights">Of the horizontal axis.</param>
    /// <param name="first">First output column.</param>
    /// <param name="target">[rows, columns, 3], written in full.</param>
    /// <param name="columns">Output columns.</param>
    /// <param name="rows">Rows.</param>
    public static void Horizontal(
        ReadOnlySpan<byte> source, int sourceStride, int origin, ResampleWeights weights, int first, Span<byte> target,
        int columns, int rows)
    {
        for (int y = 0; y < rows; y++)
        {
            ReadOnlySpan<byte> row = source[(y * sourceStride)..];
            Span<byte> output = target.Slice(y * columns * 3, columns * 3);
            for (int x = 0; x < columns; x++)
            {
                int i = first + x;
                int at = 3 * (weights.Starts[i] - origin);
                int count = weights.Counts[i];
                ReadOnlySpan<int> values = weights.Values.AsSpan(i * weights.Stride, (count + 3) / 4 * 4);
                Vector128<int> sum = (values.Length * 3) + 4 <= row.Length - at
                    ? SumPixels(row[at..], values)
                    : SumLastPixels(row[at..], values[..count]);
                WritePixel(sum, output[(3 * x)..]);
            }
        }
    }

    /// <summary>Resizes each column.</summary>
    /// <param name="source">[rows, stride] bytes; row 0 is source row <paramref name="origin"/>.</param>
    /// <param name="sourceStride">Bytes from row to row.</param>
    /// <param name="origin">The source row that is first in <paramref name="source"/>.</param>
    /// <param name="weights">Of the vertical axis.</param>
    /// <param name="first">First output row.</param>
    /// <param name="target">[rows, width] bytes, written in full.</param>
    /// <param name="width">Bytes per output row.</param>
    /// <param name="rows">Output rows.</param>
    public static void Vertical(
        ReadOnlySpan<byte> source, int sourceStride, int origin, ResampleWeights weights, int first, Span<byte> target,
        int width, int rows)
    {
        for (int y = 0; y < rows; y++)
        {
            int i = first + y;
            ReadOnlySpan<int> values = weights.Values.AsSpan(i * weights.Stride, weights.Counts[i]);
            ReadOnlySpan<byte> taps = source[((weights.Starts[i] - origin) * sourceStride)..];
            Span<byte> output = target.Slice(y * width, width);
            int x = 0;
            for (; x + Vector256<byte>.Count <= width; x += Vector256<byte>.Count)
            {
                SumRows(taps[x..], sourceStride, values, output[x..]);
            }

            if (x < width && width >= Vector256<byte>.Count)
            {
                int last = width - Vector256<byte>.Count;
                SumRows(taps[last..], sourceStride, values, output[last..]);
                x = width;
            }

            for (; x < width; x++)
            {
                int sum = Half;
                for (int j = 0; j < values.Length; j++)
                {
                    sum += taps[(j * sourceStride) + x] * values[j];
                }

                output[x] = (byte)Math.Clamp(sum >> ResampleWeights.Precision, 0, 255);
            }
        }
    }

    // R, G, B sums of one output pixel. Reads 16 bytes per four pixels: 4 more than they have.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> SumPixels(ReadOnlySpan<byte> pixels, ReadOnlySpan<int> values)
    {
        ref byte source = ref MemoryMarshal.GetReference(pixels);
        ref int weight = ref MemoryMarshal.GetReference(values);
        Vector128<int> sum = Vector128.Create(Half);
        for (int j = 0; j < values.Length; j += 4)
        {
            Vector128<byte> four = Vector128.LoadUnsafe(ref source, (nuint)(3 * j));
            sum += Pixel0(four) * Unsafe.Add(ref weight, j);
            sum += Pixel1(four) * Unsafe.Add(ref weight, j + 1);
            sum += Pixel2(four) * Unsafe.Add(ref weight, j + 2);
            sum += Pixel3(four) * Unsafe.Add(ref weight, j + 3);
        }

        return sum;
    }

    // Each spreads one of the first four pixels of 16 bytes over 32-bit lanes: R, G, B, 0. Index 255 gives 0.
    private static Vector128<int> Pixel0(Vector128<byte> bytes) => Vector128.Shuffle(
        bytes, Vector128.Create((byte)0, 255, 255, 255, 1, 255, 255, 255, 2, 255, 255, 255, 255, 255, 255, 255)).AsInt32();

    private static Vector128<int> Pixel1(Vector128<byte> bytes) => Vector128.Shuffle(
        bytes, Vector128.Create((byte)3, 255, 255, 255, 4, 255, 255, 255, 5, 255, 255, 255, 255, 255, 255, 255)).AsInt32();

    private static Vector128<int> Pixel2(Vector128<byte> bytes) => Vector128.Shuffle(
        bytes, Vector128.Create((byte)6, 255, 255, 255, 7, 255, 255, 255, 8, 255, 255, 255, 255, 255, 255, 255)).AsInt32();

    private static Vector128<int> Pixel3(Vector128<byte> bytes) => Vector128.Shuffle(
        bytes, Vector128.Create((byte)9, 255, 255, 255, 10, 255, 255, 255, 11, 255, 255, 255, 255, 255, 255, 255)).AsInt32();

    private static Vector128<int> SumLastPixels(ReadOnlySpan<byte> pixels, ReadOnlySpan<int> values)
    {
        (int r, int g, int b) = (Half, Half, Half);
        for (int j = 0; j < values.Length; j++)
        {
            r += pixels[3 * j] * values[j];
            g += pixels[(3 * j) + 1] * values[j];
            b += pixels[(3 * j) + 2] * values[j];
        }

        return Vector128.Create(r, g, b, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WritePixel(Vector128<int> sum, Span<byte> output)
    {
        Vector128<int> pixel = sum >> ResampleWeights.Precision;
        pixel = Vector128.Min(Vector128.Max(pixel, Vector128<int>.Zero), Vector128.Create(255));
        output[2] = (byte)pixel[2];
        output[1] = (byte)pixel[1];
        output[0] = (byte)pixel[0];
    }

    // 32 neighbouring bytes of one output row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumRows(ReadOnlySpan<byte> taps, int stride, ReadOnlySpan<int> values, Span<byte> output)
    {
        Vector256<int> sum0 = Vector256.Create(Half);
        Vector256<int> sum1 = sum0;
        Vector256<int> sum2 = sum0;
        Vector256<int> sum3 = sum0;
        for (int j = 0; j < values.Length; j++)
        {
            (Vector256<ushort> low, Vector256<ushort> high) = Vector256.Widen(Vector256.Create(taps.Slice(j * stride, 32)));
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
    private static Vector256<uint> Clamp(Vector256<int> sum) =>
        Vector256.Min(Vector256.Max(sum >> ResampleWeights.Precision, Vector256<int>.Zero), Vector256.Create(255)).AsUInt32();
}
