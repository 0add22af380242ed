using static TorchSharp.torch;

namespace AlignBench.Models;

/// <summary>What all language models have in common: hidden states, and pooling over their tokens.</summary>
public abstract class TextEncoder : ITextEncoder
{
    private protected TextEncoder(int width)
    {
        Width = width;
    }

    /// <inheritdoc/>
    public int Depth => Features.Depth;

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public FeatureSelection DefaultFeature => FeatureSelection.PenultimateMean;

    private protected abstract TokenFeatures Features { get; }

    /// <inheritdoc/>
    public void ThrowIfUnsupported(FeatureSelection wanted) => Features.ThrowIfUnsupported(wanted);

    /// <inheritdoc/>
    public Tensor[] Encode(Tensor ids, IReadOnlyList<FeatureSelection> wanted, Tensor? mask = null)
    {
        Texts texts = new(ids, mask);
        return Features.Pool(() => HiddenStates(texts), wanted, texts);
    }

    /// <summary>
    /// transformers' <c>hidden_states</c>, each [B, N, D], made one after the other as they are asked for.
    /// </summary>
    internal abstract IEnumerable<Tensor> HiddenStates(Texts texts);
}
