using AlignBench.Nn.Positions;
using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>A normalisation over the last axis.</summary>
public interface INorm
{
    /// <summary>[..., D] -> the same shape.</summary>
    Tensor Forward(Tensor x);
}

/// <summary>A block of a transformer.</summary>
public interface IBlock
{
    /// <summary>[B, N, D] -> [B, N, D].</summary>
    /// <param name="x">[B, N, D].</param>
    /// <param name="pattern">Which tokens see which.</param>
    /// <param name="angles">Rotation of queries and keys.</param>
    /// <param name="queries">Only so many first tokens are wanted: the result has as many.</param>
    Tensor Forward(Tensor x, AttentionPattern pattern, RotaryAngles? angles = null, long? queries = null);
}

/// <summary>
/// x += attention(norm1(x)), then x += mlp(norm2(x)): GPT-2, ViT, LLaMA (Xiong et al. 2020,
/// arXiv:2002.04745).
/// </summary>
public sealed class PreNormBlock(INorm norm1, SelfAttention attention, INorm norm2, IFeedForward mlp)
    : IBlock
{
    /// <inheritdoc/>
    public Tensor Forward(
        Tensor x, AttentionPattern pattern, RotaryAngles? angles = null, long? queries = null)
    {
        x = attention.Forward(norm1.Forward(x), pattern, angles, queries, SelfAttention.First(x, queries));
        return mlp.Forward(norm2.Forward(x), x);
    }
}

/// <summary>x += attention(norm(x)) + mlp(norm'(x)): both from the same x (GPT-J, GPT-NeoX).</summary>
public sealed class ParallelBlock(INorm norm1, SelfAttention attention, INorm norm2, IFeedForward mlp)
    : IBlock
{
    /// <inheritdoc/>
    public Tensor Forward(
        Tensor x, AttentionPattern pattern, RotaryAngles? angles = null, long? queries = null)
    {
        Tensor first = SelfAttention.First(x, queries);
        Tensor attended = attention.Forward(norm1.Forward(x), pattern, angles, queries, first);
        return mlp.Forward(norm2.Forward(first), attended);
    }
}

/// <summary>x = norm1(x + attention(x)), then x = norm2(x + mlp(x)): the first transformer, BERT.</summary>
public sealed class PostNormBlock(SelfAttention attention, INorm norm1, IFeedForward mlp, INorm norm2)
    : IBlock
{
    /// <inheritdoc/>
    public Tensor Forward(
        Tensor x, AttentionPattern pattern, RotaryAngles? angles = null, long? queries = null)
    {
        x = norm1.Forward(
            attention.Forward(x, pattern, angles, queries, SelfAttention.First(x, queries)));
        return norm2.Forward(mlp.Forward(x, x));
    }
}

/// <summary>x += norm1(attention(x)), then x += norm2(mlp(x)): OLMo 2.</summary>
public sealed class BranchNormBlock(SelfAttention attention, INorm norm1, IFeedForward mlp, INorm norm2)
    : IBlock
{
    /// <inheritdoc/>
    public Tensor Forward(
        Tensor x, AttentionPattern pattern, RotaryAngles? angles = null, long? queries = null)
    {
        x = SelfAttention.First(x, queries) + norm1.Forward(attention.Forward(x, pattern, angles, queries));
        return x + norm2.Forward(mlp.Forward(x));
    }
}
