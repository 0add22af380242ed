using AlignBench.Safetensors;
using static TorchSharp.torch;

namespace AlignBench.Nn.Weights;

/// <summary>Copies a stored tensor into a float32 one, piece by piece.</summary>
internal static class WeightCopy
{
    /// <summary>
    /// Elements per piece: 64 MiB of float32. A tensor's bytes are a span, so at most 2 GiB, which
    /// BLOOM-7b1's embedding exceeds; and the half-precision copy stays small.
    /// </summary>
    private const long PieceLength = 1 << 24;

    /// <summary>All of it; see the other overload.</summary>
    public static void ToSingles(IWeightSource source, StoredTensor stored, Tensor destination) =>
        ToSingles(source, stored, 0, destination);

    /// <param name="source">Where <paramref name="stored"/> is from.</param>
    /// <param name="stored">Of F32, F16, BF16 or F64.</param>
    /// <param name="first">The first element to be copied, in row-major order.</param>
    /// <param name="destination">[elements], contiguous float32 on the CPU; overwritten.</param>
    /// <exception cref="CheckpointException">Other elements, or the file is cut short.</exception>
    public static void ToSingles(IWeightSource source, StoredTensor stored, long first, Tensor destination)
    {
        ScalarType type = stored.Type switch
        {
            StoredType.F32 => ScalarType.Float32,
            StoredType.F16 => ScalarType.Float16,
            StoredType.BF16 => ScalarType.BFloat16,
            StoredType.F64 => ScalarType.Float64,
            _ => throw new CheckpointException(
                $"{stored.File}: tensor {stored.Name}: expected F32, F16, BF16 or F64, "
                + $"got {stored.Type.Name()}"),
        };

        long count = destination.shape[0];
        for (long start = 0; start < count; start += PieceLength)
        {
            long length = Math.Min(PieceLength, count - start);
            using Tensor piece = destination.narrow(0, start, length);
            long firstByte = (first + start) * stored.Type.Width();
            if (type == ScalarType.Float32)
            {
                source.ReadBytes(stored, firstByte, piece.bytes);
            }
            else
            {
                using Tensor narrow = empty([length], type, CPU);
                source.ReadBytes(stored, firstByte, narrow.bytes);
                piece.copy_(narrow);
            }
        }
    }
}
