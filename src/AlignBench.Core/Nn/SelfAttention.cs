using AlignBench.Nn.Positions;
using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>Heads of a self-attention layer.</summary>
/// <param name="Heads">H, of the queries.</param>
/// <param name="KeyValueHeads">K, a divisor of H; equal to it unless queries are grouped.</param>
/// <param name="HeadWidth">C, channels per head.</param>
public sealed record AttentionShape(int Heads, int KeyValueHeads, int HeadWidth)
{
    /// <summary>Factor of q·k.</summary>
    public double Scale { get; init; } = 1 / Math.Sqrt(HeadWidth);

    /// <summary>Heads · C: what the output projection takes in.</summary>
    public long QueryWidth => (long)Heads * HeadWidth;

    /// <summary>K · C.</summary>
    public long KeyWidth => (long)KeyValueHeads * HeadWidth;

    /// <summary>Equal heads that share the width.</summary>
    public static AttentionShape Of(int width, int heads) => new(heads, heads, width / heads);
}

/// <summary>Self-attention: q, k, v in one product, attention, output projection.</summary>
/// <param name="queryKeyValue">D -> (H + 2K)·C: queries, keys, values, each head by head.</param>
/// <param name="output">H·C -> D.</param>
/// <param name="shape">The heads.</param>
public sealed class SelfAttention(Linear queryKeyValue, Linear output, AttentionShape shape)
{
    /// <summary>Applied to the packed [B, N, (H + 2K)·C] (OLMo's clipping).</summary>
    public Func<Tensor, Tensor>? OnProjection { get; init; }

    /// <summary>
    /// Applied to all queries [B, N, H·C] before they are split into heads (OLMo 2's normalisation).
    /// </summary>
    public Func<Tensor, Tensor>? OnQueries { get; init; }

    /// <summary>The same for the keys [B, N, K·C].</summary>
    public Func<Tensor, Tensor>? OnKeys { get; init; }

    /// <summary>[B, N, D] -> [B, N, D].</summary>
    /// <param name="x">[B, N, D].</param>
    /// <param name="pattern">Which tokens see which.</param>
    /// <param name="angles">Rotation of queries and keys.</param>
    /// <param name="queries">
    /// Only so many first tokens are wanted: the result has as many, equal to those of the full one. Not for
    /// packed texts.
    /// </param>
    /// <param name="residual">Added to the result, of its shape; none.</param>
    public Tensor Forward(
        Tensor x,
        AttentionPattern pattern,
        RotaryAngles? angles = null,
        long? queries = null,
        Tensor? residual = null)
    {
        Tensor packed = queryKeyValue.Forward(x);                                  // [B, N, (H + 2K)C]
        packed = OnProjection?.Invoke(packed) ?? packed;
        if (queryKeyValue.UsesKernel && pattern.Mask is null && KernelTensors.Fits(packed))
        {
            Tensor normed = WithHooks(packed);
            return output.Forward(
                PackedAttention.Attend(normed, shape, pattern, angles, queries), residual);
        }

        Tensor q = First(packed.narrow(-1, 0, shape.QueryWidth), queries);
        Tensor k = packed.narrow(-1, shape.QueryWidth, shape.KeyWidth);
        Tensor v = packed.narrow(-1, shape.QueryWidth + shape.KeyWidth, shape.KeyWidth);
        q = Split(OnQueries?.Invoke(q) ?? q, shape.Heads);                         // [B, H, N, C]
        k = Split(OnKeys?.Invoke(k) ?? k, shape.KeyValueHeads);                    // [B, K, N, C]
        v = Split(v, shape.KeyValueHeads);
        if (angles is not null)
        {
            q = angles.First(queries).Rotate(q);
            k = angles.Rotate(k);
        }

        Tensor context = pattern.Packing is null
            ? Attention.Attend(q, k, v, shape.Scale, pattern.BiasOf(x.shape[1], x.device))
            : Attention.AttendPacked(q, k, v, shape.Scale, pattern);
        return output.Forward(context, residual);
    }

    /// <summary>The first tokens of [B, N, D]; all of them without a number.</summary>
    internal static Tensor First(Tensor x, long? tokens) => tokens is null ? x : x.narrow(1, 0, tokens.Value);

    /// <summary>[B, N, (H + 2K)·C] -> the same, queries and keys through their functions.</summary>
    private Tensor WithHooks(Tensor packed)
    {
        if (OnQueries is null && OnKeys is null)
        {
            return packed;
        }

        Tensor q = packed.narrow(-1, 0, shape.QueryWidth);
        Tensor k = packed.narrow(-1, shape.QueryWidth, shape.KeyWidth);
        Tensor v = packed.narrow(-1, shape.QueryWidth + shape.KeyWidth, shape.KeyWidth);
        return cat([OnQueries?.Invoke(q) ?? q, OnKeys?.Invoke(k) ?? k, v], dim: -1);
    }

    private Tensor Split(Tensor x, int heads) =>
        x.reshape(x.shape[0], x.shape[1], heads, shape.HeadWidth).transpose(1, 2);
}
