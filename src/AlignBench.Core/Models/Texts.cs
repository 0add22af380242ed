using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Models;

/// <summary>A batch of token ids.</summary>
/// <param name="Ids">[B, N] int64.</param>
/// <param name="Mask">[B, N] int64, 1 for real tokens, 0 for padding; all are real if there is none.</param>
internal sealed record Texts(Tensor Ids, Tensor? Mask = null)
{
    /// <summary>N.</summary>
    public long Length => Ids.shape[1];

    /// <summary>0, 1, 2, ...: [1, N] int64.</summary>
    public Tensor Positions => arange(Length, ScalarType.Int64, Ids.device).unsqueeze(0);

    /// <summary>
    /// RoBERTa's positions, from the ids and not the mask: padding has position <paramref name="padding"/>,
    /// the others count up from the one behind it. [B, N] int64.
    /// </summary>
    /// <param name="padding">The id of padding.</param>
    public Tensor PositionsFromIds(long padding)
    {
        Tensor real = Ids.ne(padding).to(ScalarType.Int64);
        return real.cumsum(1).mul(real).add(padding);
    }

    /// <summary>The mask, made where there is none: [B, N] int64.</summary>
    public Tensor FullMask => Mask ?? ones_like(Ids);

    /// <summary>What holds for the input of every language model.</summary>
    /// <param name="longest">Positions that the model has; none if it can go on for ever.</param>
    /// <exception cref="AlignBenchException">
    /// A text has no token, so that no mean exists, or too many.
    /// </exception>
    /// <exception cref="ArgumentException">The mask is of another shape.</exception>
    public void ThrowIfUnfit(long? longest = null)
    {
        if (Mask is not null && !Mask.shape.SequenceEqual(Ids.shape))
        {
            throw new ArgumentException("ids and mask differ in shape");
        }

        using DisposeScope scope = NewDisposeScope();
        if (Length == 0 || (Mask is not null && Mask.sum(1).min().item<long>() == 0))
        {
            throw new AlignBenchException("a text without any token has no features");
        }

        if (Length > longest)
        {
            throw new AlignBenchException(
                $"a text of {Length} tokens is longer than the model's {longest} positions");
        }
    }
}
