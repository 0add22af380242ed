using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Models;

/// <summary>
/// What an encoder's tokens offer to pooling, and the pooling itself: takes the hidden states one by one as
/// the blocks make them, and stops the blocks when it has what it needs.
/// </summary>
internal sealed record TokenFeatures
{
    /// <summary>Blocks L.</summary>
    public required int Depth { get; init; }

    /// <summary>The final norm, [..., D] -> [..., D]; none where the blocks end with one.</summary>
    public Func<Tensor, Tensor>? FinalNorm { get; init; }

    /// <summary>Whether hidden state L comes after <see cref="FinalNorm"/> already.</summary>
    public bool LastIsNormed { get; init; }

    /// <summary>Whether the tokens are places of an image, not words in a row.</summary>
    public bool IsOfImages { get; init; }

    /// <summary>Index of the first patch token; none for texts and maps.</summary>
    public int? FirstPatch { get; init; }

    /// <summary>Whether token 0 stands for the whole: not so in a map of positions.</summary>
    public bool HasClassToken { get; init; } = true;

    /// <summary>
    /// The model's own pooled output: hidden state L [B, N, D], and the texts if it is of texts -> [B, D].
    /// </summary>
    public Func<Tensor, Texts?, Tensor>? Pooled { get; init; }

    /// <summary>Pooled output [B, D] -> its projection [B, P], before it is made unit length.</summary>
    public Func<Tensor, Tensor>? Project { get; init; }

    /// <summary>
    /// The first layer whose class token alone is asked for and behind which nothing is; else null.
    /// </summary>
    public int? ClassTokenOnlyAt(IReadOnlyList<FeatureSelection> wanted)
    {
        int last = LastLayer(wanted);
        return last > 0 && wanted.Where(w => w.LayerIn(Depth) == last).All(w => w.Pooling == Pooling.Cls)
            ? last
            : null;
    }

    /// <summary>Checks a selection; see <see cref="IEncoder.ThrowIfUnsupported"/>.</summary>
    public void ThrowIfUnsupported(FeatureSelection wanted)
    {
        wanted.LayerIn(Depth);
        string? missing = wanted switch
        {
            { Pooling: Pooling.Cls } when !HasClassToken => "class token",
            { Pooling: Pooling.PatchMean } when FirstPatch is null => "patch tokens",
            { Pooling: Pooling.LastToken } when IsOfImages => "last token that differs from the others",
            { Pooling: Pooling.Pooled } when Pooled is null => "pooled output of its own",
            { Pooling: Pooling.Embeds } when Project is null => "projection",
            { FinalNorm: true } when FinalNorm is null => "final norm",
            _ => null,
        };
        if (missing is not null)
        {
            throw new ConfigException($"feature {wanted.Name}: this encoder has no {missing}");
        }
    }

    /// <summary>Pools what is asked for.</summary>
    /// <param name="makeStates">Hidden states 0 to L, made lazily; each is this method's to dispose.</param>
    /// <param name="wanted">The selections.</param>
    /// <param name="texts">What the states are of, if it is texts.</param>
    /// <returns>One [B, D] for each of <paramref name="wanted"/>.</returns>
    public Tensor[] Pool(
        Func<IEnumerable<Tensor>> makeStates, IReadOnlyList<FeatureSelection> wanted, Texts? texts = null)
    {
        foreach (FeatureSelection selection in wanted)
        {
            ThrowIfUnsupported(selection);
        }

        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor[] pooled = new Tensor[wanted.Count];
        int last = LastLayer(wanted);
        int layer = 0;
        Tensor? previous = null;
        foreach (Tensor state in makeStates())
        {
            previous?.Dispose();
            previous = state;
            for (int i = 0; i < wanted.Count; i++)
            {
                if (wanted[i].LayerIn(Depth) == layer)
                {
                    pooled[i] = Pool(state, layer, wanted[i], texts).MoveToOuterDisposeScope();
                }
            }

            if (layer++ == last)
            {
                break;
            }
        }

        return pooled;
    }

    private int LastLayer(IReadOnlyList<FeatureSelection> wanted) =>
        wanted.Max(selection => selection.LayerIn(Depth));

    private Tensor Pool(Tensor state, int layer, FeatureSelection wanted, Texts? texts)
    {
        using DisposeScope scope = NewDisposeScope();
        bool normalise = wanted.FinalNorm && !(LastIsNormed && layer == Depth);
        Tensor Tokens(Tensor tokens) => normalise ? FinalNorm!(tokens) : tokens;
        Tensor pooled = wanted.Pooling switch
        {
            Pooling.Cls => Tokens(TokenPooling.First(state, texts)),
            Pooling.Mean => TokenPooling.Mean(Tokens(state), texts),
            Pooling.PatchMean => TokenPooling.Mean(
                Tokens(state.narrow(1, FirstPatch!.Value, state.shape[1] - FirstPatch.Value)), texts: null),
            Pooling.LastToken => Tokens(TokenPooling.Last(state, texts)),
            Pooling.Pooled => Pooled!(state, texts),
            Pooling.Embeds => TokenPooling.UnitLength(Project!(Pooled!(state, texts))),
            _ => throw new ArgumentOutOfRangeException(nameof(wanted), wanted.Pooling, null),
        };

        // A view would keep the whole layer alive. What is behind packed texts is filler.
        pooled = pooled.narrow(0, 0, texts?.Count ?? state.shape[0]);
        return pooled.contiguous().clone().MoveToOuterDisposeScope();
    }
}
