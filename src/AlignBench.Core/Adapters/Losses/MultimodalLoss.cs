using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Adapters.Losses;

/// <summary>
/// Losses of more than two sides as Simeon 2024 ("Towards the Platonic Representation via Multimodal Contrastive
/// Alignment") plans them, and the forms that train. Row i of every side belongs together. B rows, e columns.
/// </summary>
public static class MultimodalLoss
{
    /// <summary>
    /// The logits of the multi-caption loss as it is printed: an image against the mean similarity of another's
    /// captions, averaged before the softmax. (Not <see cref="ContrastiveLoss.MultiPositive"/>.)
    /// </summary>
    /// <param name="images">[B, e].</param>
    /// <param name="captions">[B * c, e], c an image, in the images' order.</param>
    /// <returns>[B, B], before the scale.</returns>
    public static Tensor MeanCaptionSimilarity(Tensor images, Tensor captions)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(captions);
        using DisposeScope scope = NewDisposeScope();
        // The mean of the products is the product with the mean.
        Tensor means = captions.view(images.shape[0], -1, images.shape[1]).mean([1]);
        return scope.MoveToOuter(images.matmul(means.t()));
    }

    /// <summary>
    /// The multi-encoder loss as it is printed: s_i = Σ_k Π_m z^m_ik / τ, loss -mean log softmax(s)_i. The softmax
    /// is over matching tuples only, so no negative crosses two modalities: a side that ignores its input can
    /// lower it.
    /// </summary>
    /// <param name="sides">Each [B, e].</param>
    /// <param name="scale">1 / τ.</param>
    public static Tensor Printed(IReadOnlyList<Tensor> sides, Tensor scale)
    {
        ArgumentNullException.ThrowIfNull(sides);
        using DisposeScope scope = NewDisposeScope();
        Tensor scores = Product(sides).sum(1) * scale;                      // [B]
        return scope.MoveToOuter(scores.logsumexp(0) - scores.mean());
    }

    /// <summary>
    /// The form that has negatives: each side in turn against the element-wise product of the others, InfoNCE of
    /// [B, B] logits; the mean over the anchors.
    /// </summary>
    /// <param name="sides">Each [B, e].</param>
    /// <param name="scale">1 / τ.</param>
    /// <param name="anchors">Which sides take the turn.</param>
    /// <param name="direction">Of each InfoNCE.</param>
    /// <param name="smoothing">Of each InfoNCE.</param>
    public static Tensor Anchored(
        IReadOnlyList<Tensor> sides, Tensor scale, int[] anchors, LossDirection direction, double smoothing)
    {
        ArgumentNullException.ThrowIfNull(sides);
        ArgumentNullException.ThrowIfNull(anchors);
        using DisposeScope scope = NewDisposeScope();
        Tensor total = Sum(anchors.Select(anchor =>
        {
            Tensor others = Product([.. sides.Where((_, m) => m != anchor)]);
            return ContrastiveLoss.InfoNce((sides[anchor] * scale).matmul(others.t()), direction, smoothing);
        }));
        return scope.MoveToOuter(total / anchors.Length);
    }

    /// <summary>InfoNCE of every pair of sides, summed: with three sides three times the size of a mean.</summary>
    /// <inheritdoc cref="Anchored"/>
    public static Tensor PairwiseSum(
        IReadOnlyList<Tensor> sides, Tensor scale, LossDirection direction, double smoothing)
    {
        ArgumentNullException.ThrowIfNull(sides);
        using DisposeScope scope = NewDisposeScope();
        Tensor total = Sum(
            from a in Enumerable.Range(0, sides.Count)
            from b in Enumerable.Range(a + 1, sides.Count - a - 1)
            select ContrastiveLoss.InfoNce((sides[a] * scale).matmul(sides[b].t()), direction, smoothing));
        return scope.MoveToOuter(total);
    }

    private static Tensor Product(IReadOnlyList<Tensor> sides) =>
        sides.Skip(1).Aggregate(sides[0], (product, side) => product * side);

    private static Tensor Sum(IEnumerable<Tensor> losses) => losses.Aggregate((total, loss) => total + loss);
}
