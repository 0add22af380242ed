using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>
/// Additive masks for <see cref="Attention"/>. A hidden key gets the lowest float32, not -infinity: its
/// probability is exactly 0 all the same, and a query that sees no key at all (padding) stays finite.
/// </summary>
public static class AttentionBias
{
    /// <summary>Which keys a query sees.</summary>
    /// <param name="length">N, queries and keys.</param>
    /// <param name="mask">[B, N], non-zero for real tokens; none if all are.</param>
    /// <param name="causal">Whether a query sees only itself and what is before it.</param>
    /// <param name="window">
    /// Causal with at most so many keys, the query's own included; none: unlimited.
    /// </param>
    /// <param name="device">Where the result is made if there is no mask.</param>
    /// <returns>[B or 1, 1, N, N] or [B, 1, 1, N]; null if every query sees every key.</returns>
    public static Tensor? Create(
        long length, Tensor? mask, bool causal, long? window = null, Device? device = null)
    {
        Tensor? hidden = mask?.eq(0).reshape(mask.shape[0], 1, 1, length);
        if (causal && length > 1)
        {
            Tensor positions = arange(length, ScalarType.Int64, mask?.device ?? device ?? CPU);
            Tensor behind = positions.unsqueeze(1) - positions.unsqueeze(0);       // [N, N]: query - key
            Tensor unseen = behind.lt(0);
            if (window is not null)
            {
                unseen = unseen.logical_or(behind.ge(window.Value));
            }

            unseen = unseen.reshape(1, 1, length, length);
            hidden = hidden is null ? unseen : hidden.logical_or(unseen);
        }

        return hidden?.to(ScalarType.Float32).mul_(float.MinValue);
    }
}
