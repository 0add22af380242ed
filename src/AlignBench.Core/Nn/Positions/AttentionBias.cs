using static TorchSharp.torch;

namespace AlignBench.Nn.Positions;

/// <summary>
/// An <see cref="AttentionPattern"/> as what <see cref="Attention"/> adds to the scores. A hidden key gets
/// the lowest float32, not -infinity: its probability is exactly 0 all the same, and a query that sees no key
/// at all (padding) stays finite.
/// </summary>
internal static class AttentionBias
{
    /// <summary>All parts as one tensor.</summary>
    /// <param name="pattern">What is wanted; its packing is of no meaning here.</param>
    /// <param name="length">N, queries and keys of an item.</param>
    /// <param name="device">Where the result is made.</param>
    /// <returns>[B or 1, H or 1, N or 1, N]; null if every query sees every key as it is.</returns>
    public static Tensor? Create(AttentionPattern pattern, long length, Device device)
    {
        Tensor? hidden = Hidden(pattern, length, device)?.to(ScalarType.Float32).mul_(float.MinValue);
        Tensor? added = pattern.Slopes is not null
            ? Alibi.Bias(pattern.Slopes, pattern.Mask, length, device)
            : pattern.Distances?.For(length);
        return hidden is not null && added is not null ? added + hidden : added ?? hidden;
    }

    /// <summary>[B or 1, 1, N or 1, N], true where a query does not see a key; null: it sees all.</summary>
    private static Tensor? Hidden(AttentionPattern pattern, long length, Device device)
    {
        Tensor? hidden = pattern.Mask?.eq(0).reshape(pattern.Mask.shape[0], 1, 1, length);
        if (!pattern.Causal || length == 1)
        {
            return hidden;
        }

        Tensor positions = arange(length, ScalarType.Int64, device);
        Tensor behind = positions.unsqueeze(1) - positions.unsqueeze(0);       // [N, N]: query - key
        Tensor unseen = behind.lt(0);
        if (pattern.Window is int window)
        {
            unseen = unseen.logical_or(behind.ge(window));
        }

        unseen = unseen.reshape(1, 1, length, length);
        return hidden is null ? unseen : hidden.logical_or(unseen);
    }
}
