using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AlignBench.Images;

/// <summary>
/// Resizes each row of RGB pixels in Pillow's integer arithmetic: a byte is clamp((2^21 + sum of weight *
/// byte) >> 22). Eight rows go together, one per vector lane, so that all lanes share a weight. The sums are
/// exact.
/// </summary>
internal static class HorizontalPass
{
    private const int Lanes = 8;
    private const int Half = 1 << (ResampleWeights.Precision - 1);

    /// <param name="source">Holds the source pixels of <paramref name="region"/>'s rows.</param>
    /// <param name="weights">Of the columns.</param>
    /// <param name="region">Output columns, and the rows to resize.</param>
    /// <param name="target">The region's pixels, written in full.</param>
    public static void Run(PixelRows source, ResampleWeights weights, PixelRegion region, Span<byte> target)
    {
        (int start, int end) = weights.SourceRange(region.Left, region.Left + region.Width);
        int[] samples = ArrayPool<int>.Shared.Rent(3 * (end - start) * Lanes);   // [byte of a row, lane]
        for (int row = 0; row < region.Height; row += Lanes)
        {
            int filled = Math.Min(Lanes, region.Height - row);
            Spread(source.From(start, region.Top + row), source.Stride, filled, 3 * (end - start), samples);
            Span<byte> rows = target.Slice(3 * row * region.Width, 3 * filled * region.Width);
            Block output = new(rows, region.Width, filled);
            for (int x = 0; x < region.Width; x++)
            {
                int i = region.Left + x;
                ReadOnlySpan<int> values = weights.ValuesOf(i);
                int first = 3 * Lanes * (weights.Starts[i] - start);
                output.Write(x, Sum(samples.AsSpan(first, 3 * Lanes * values.Length), values));
            }
        }

        ArrayPool<int>.Shared.Return(samples);
    }

    // Widens the bytes of up to eight rows to samples[byte, lane]; lanes without a row repeat the last one.
    private static void Spread(ReadOnlySpan<byte> source, int stride, int rows, int width, Span<int> samples)
    {
        Span<int> offsets = stackalloc int[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
        {
            offsets[lane] = Math.Min(lane, rows - 1) * stride;
        }

        if (width < sizeof(uint))
        {
            for (int i = 0; i < width * Lanes; i++)
            {
                samples[i] = source[offsets[i % Lanes] + (i / Lanes)];
            }

            return;
        }

        for (int at = 0; at < width; at += sizeof(uint))
        {
            int from = Math.Min(at, width - sizeof(uint));   // the last four may overlap those before
            Vector256<uint> four = Vector256.Create(
                Read(source, offsets[0] + from), Read(source, offsets[1] + from),
                Read(source, offsets[2] + from), Read(source, offsets[3] + from),
                Read(source, offsets[4] + from), Read(source, offsets[5] + from),
                Read(source, offsets[6] + from), Read(source, offsets[7] + from));
            Span<int> group = samples.Slice(from * Lanes, sizeof(uint) * Lanes);
            Vector256<uint> low = Vector256.Create(255u);
            (four & low).AsInt32().CopyTo(group);
            ((four >> 8) & low).AsInt32().CopyTo(group[Lanes..]);
            ((four >> 16) & low).AsInt32().CopyTo(group[(2 * Lanes)..]);
            (four >> 24).AsInt32().CopyTo(group[(3 * Lanes)..]);
        }
    }

    private static uint Read(ReadOnlySpan<byte> source, int at) => MemoryMarshal.Read<uint>(source[at..]);

    // One output pixel of each lane: R + 256 G + 65536 B.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Sum(ReadOnlySpan<int> taps, ReadOnlySpan<int> values)
    {
        ref int sample = ref MemoryMarshal.GetReference(taps);
        Vector256<int> r = Vector256.Create(Half);
        Vector256<int> g = r;
        Vector256<int> b = r;
        for (int j = 0; j < values.Length; j++)
        {
            Vector256<int> weight = Vector256.Create(values[j]);
            r += weight * Vector256.LoadUnsafe(ref sample, (nuint)(3 * Lanes * j));
            g += weight * Vector256.LoadUnsafe(ref sample, (nuint)((3 * Lanes * j) + Lanes));
            b += weight * Vector256.LoadUnsafe(ref sample, (nuint)((3 * Lanes * j) + (2 * Lanes)));
        }

        return Clamp(r) | (Clamp(g) << 8) | (Clamp(b) << 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Clamp(Vector256<int> sum) => Vector256.Min(
        Vector256.Max(sum >> ResampleWeights.Precision, Vector256<int>.Zero), Vector256.Create(255));

    // Up to eight rows of output pixels.
    private readonly ref struct Block(Span<byte> target, int columns, int rows)
    {
        private readonly Span<byte> _target = target;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Write(int x, Vector256<int> pixels)
        {
            if (rows == Lanes && x < columns - 1)
            {
                // Four bytes at once: the fourth is the next pixel's first, which is written later.
                int stride = 3 * columns;
                Span<byte> at = _target[(3 * x)..];
                for (int lane = 0; lane < Lanes; lane++)
                {
                    MemoryMarshal.Write(at[(lane * stride)..], pixels[lane]);
                }
            }
            else
            {
                WriteBytes(x, pixels);
            }
        }

        private void WriteBytes(int x, Vector256<int> pixels)
        {
            for (int lane = 0; lane < rows; lane++)
            {
                Span<byte> pixel = _target.Slice(3 * ((lane * columns) + x), 3);
                int value = pixels[lane];
                pixel[0] = (byte)value;
                pixel[1] = (byte)(value >> 8);
                pixel[2] = (byte)(value >> 16);
            }
        }
    }
}
