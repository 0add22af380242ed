using AlignBench.Models.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Models.Vision;

/// <summary>
/// What all vision models have in common: hidden states, and pooling over their tokens or positions.
/// </summary>
public abstract class ImageEncoder : IImageEncoder
{
    private protected ImageEncoder(int width)
    {
        Width = width;
    }

    /// <inheritdoc/>
    public int Depth => Features.Depth;

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public virtual FeatureSelection DefaultFeature => FeatureSelection.PenultimateCls;

    private protected abstract TokenFeatures Features { get; }

    /// <inheritdoc/>
    public void ThrowIfUnsupported(FeatureSelection wanted) => Features.ThrowIfUnsupported(wanted);

    /// <inheritdoc/>
    public Tensor[] Encode(Tensor images, IReadOnlyList<FeatureSelection> wanted) =>
        Features.Pool(() => HiddenStates(images, Features.ClassTokenOnlyAt(wanted)), wanted);

    /// <inheritdoc/>
    public Tensor[] EncodeBlockByBlock(
        IReadOnlyList<Tensor> images, IReadOnlyList<FeatureSelection> wanted, int threads)
    {
        using DisposeScope scope = NewDisposeScope();
        int? classTokenOnlyAt = Features.ClassTokenOnlyAt(wanted);
        Tensor[][] pooled = Features.PoolBlockByBlock(
            [
                .. images.Select(image => (
                    (Func<IEnumerable<Tensor>>)(() => HiddenStates(image, classTokenOnlyAt)), (Texts?)null)),
            ],
            wanted,
            threads);
        return
        [
            .. wanted.Select((_, i) => cat([.. pooled.Select(features => features[i])], dim: 0)
                .MoveToOuterDisposeScope()),
        ];
    }

    /// <summary>[..., D] -> [..., D].</summary>
    internal Tensor FinalNorm(Tensor tokens) => Features.FinalNorm!(tokens);

    /// <summary>
    /// transformers' <c>hidden_states</c>, each [B, N, D], made one after the other as they are asked for.
    /// </summary>
    /// <param name="images">[B, 3, height, width].</param>
    /// <param name="classTokenOnlyAt">
    /// The layer, the last one asked for, that may be its class token alone: [B, 1, D].
    /// </param>
    internal abstract IEnumerable<Tensor> HiddenStates(Tensor images, int? classTokenOnlyAt = null);
}
