using AlignBench.Interop.Kernels;
using AlignBench.Nn.Positions;
using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>Attention by the CPU's kernel: what <see cref="Attention"/> does with operators.</summary>
internal static class PackedAttention
{
    /// <summary>softmax(scale · q kᵀ + what the pattern adds) v.</summary>
    /// <param name="packed">[B, N, (H + 2K)·C]: queries, keys, values, each head by head.</param>
    /// <param name="shape">The heads.</param>
    /// <param name="pattern">Without a mask.</param>
    /// <param name="angles">Rotation of queries and keys.</param>
    /// <param name="queries">Only so many first tokens of each item are wanted.</param>
    /// <returns>[B, N or queries, H·C]; filler rows are 0.</returns>
    public static Tensor Attend(
        Tensor packed, AttentionShape shape, AttentionPattern pattern, RotaryAngles? angles, long? queries)
    {
        Tensor input = KernelTensors.Input(packed);
        long batch = input.shape[0];
        long length = input.shape[1];
        long[] offsets = Offsets(pattern.Packing, batch, length);
        Tensor? cosines = angles is null ? null : KernelTensors.Input(angles.Cos);
        Tensor? sines = angles is null ? null : KernelTensors.Input(angles.Sin);
        AttentionKernel kernel = new()
        {
            Heads = shape.Heads,
            KeyHeads = shape.KeyValueHeads,
            Channels = shape.HeadWidth,
            Scale = (float)shape.Scale,
            Causal = pattern.Causal,
            Window = pattern.Causal ? pattern.Window : null,
            Queries = (int?)queries,
            Slopes = pattern.Slopes is null ? default : pattern.Slopes.ToArray(),
            Distances = pattern.Distances?.ByDistance(Longest(offsets)),
            Rotated = cosines is null ? 0 : (int)cosines.shape[^1],
            AnglesByRow = cosines is not null && KernelTensors.Rows(cosines) == batch * length,
        };
        Tensor y = empty([batch, queries ?? length, shape.QueryWidth], ScalarType.Float32, CPU);
        kernel.Run(
            offsets,
            input.bytes,
            cosines is null ? default : cosines.bytes,
            sines is null ? default : sines.bytes,
            y.bytes);
        if (queries is null)
        {
            y.bytes[(int)(offsets[^1] * shape.QueryWidth * sizeof(float))..].Clear();
        }

        GC.KeepAlive(input);
        GC.KeepAlive(cosines);
        GC.KeepAlive(sines);
        return y;
    }

    private static long[] Offsets(Packing? packing, long batch, long length)
    {
        long[] offsets = new long[(packing?.Texts ?? batch) + 1];
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = packing is null ? i * length : packing.Offsets[i];
        }

        return offsets;
    }

    private static int Longest(long[] offsets)
    {
        long longest = 0;
        for (int i = 1; i < offsets.Length; i++)
        {
            longest = Math.Max(longest, offsets[i] - offsets[i - 1]);
        }

        return (int)longest;
    }
}
