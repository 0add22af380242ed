using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Models;

/// <summary>What holds for the input of every language model.</summary>
internal static class TokenIds
{
    /// <exception cref="AlignBenchException">A text has no token, so that no mean over its tokens exists.</exception>
    /// <exception cref="ArgumentException">The mask is of another shape.</exception>
    public static void ThrowIfEmpty(Tensor ids, Tensor? mask)
    {
        if (mask is not null && !mask.shape.SequenceEqual(ids.shape))
        {
            throw new ArgumentException("ids and mask differ in shape", nameof(mask));
        }

        using DisposeScope scope = NewDisposeScope();
        if (ids.shape[1] == 0 || (mask is not null && mask.sum(1).min().item<long>() == 0))
        {
            throw new AlignBenchException("a text without any token has no features");
        }
    }

    /// <summary>0, 1, 2, ...: [1, N] int64.</summary>
    public static Tensor Positions(Tensor ids) => arange(ids.shape[1], ScalarType.Int64, ids.device).unsqueeze(0);
}
