using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Adapters.Losses;

/// <summary>
/// Losses of paired batches: row i of one side belongs to row i of the other. B pairs, e the width of the shared
/// space. Logits are similarities times a scale, 1 / temperature.
/// </summary>
public static class ContrastiveLoss
{
    /// <summary>z / max(‖z‖, 1e-12), row by row.</summary>
    public static Tensor Normalize(Tensor z) => nn.functional.normalize(z);

    /// <summary>
    /// InfoNCE (van den Oord et al. 2018, arXiv:1807.03748; symmetric as in CLIP, arXiv:2103.00020): cross-entropy
    /// of each row of the logits with its own partner as the right class.
    /// </summary>
    /// <param name="logits">[B, B], row i against column i.</param>
    /// <param name="direction">Rows only, or the mean of rows and columns.</param>
    /// <param name="smoothing">The right class gets 1 - s + s / B, every other s / B.</param>
    /// <returns>One number, the mean over rows.</returns>
    public static Tensor InfoNce(Tensor logits, LossDirection direction, double smoothing)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using DisposeScope scope = NewDisposeScope();
        // -Σ target log softmax = logsumexp - (1 - s) right - s mean: no matrix of log-probabilities is made.
        Tensor normalizer = logits.logsumexp(1).mean();
        if (direction == LossDirection.Symmetric)
        {
            normalizer = (normalizer + logits.logsumexp(0).mean()) / 2;
        }

        Tensor right = logits.diagonal().mean();
        Tensor loss = smoothing == 0
            ? normalizer - right
            : normalizer - (right * (1 - smoothing)) - (logits.mean() * smoothing);
        return scope.MoveToOuter(loss);
    }

    /// <summary>
    /// The sigmoid loss (Zhai et al. 2023, arXiv:2303.15343): -(1/B) Σ_ij log σ(±logits_ij), + on the diagonal.
    /// Divided by B, not B².
    /// </summary>
    /// <param name="logits">[B, B], scale times similarity plus bias.</param>
    public static Tensor Sigmoid(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using DisposeScope scope = NewDisposeScope();
        long count = logits.shape[0];
        Tensor labels = eye(count, dtype: logits.dtype);
        return scope.MoveToOuter(
            nn.functional.binary_cross_entropy_with_logits(logits, labels, reduction: nn.Reduction.Sum) / count);
    }

    /// <summary>
    /// Several right partners a row, each an answer of its own (SupCon's L_out, Khosla et al. 2020,
    /// arXiv:2004.11362): image side, mean over images of -(1/|P|) Σ_P log softmax; text side, cross-entropy of each
    /// caption over the images, mean over captions; half of each.
    /// </summary>
    /// <param name="logits">[B, M], images against captions.</param>
    /// <param name="owner">[M] int64, the image of each caption; each image has one at least.</param>
    public static Tensor MultiPositive(Tensor logits, Tensor owner)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor isOwn = Ownership(logits, owner);                            // [B, M], 1 where it belongs
        Tensor perImage = (logits.log_softmax(1) * isOwn).sum(1) / isOwn.sum(1);
        return scope.MoveToOuter((TextSide(logits, owner) - perImage.mean()) / 2);
    }

    /// <summary>
    /// As <see cref="MultiPositive"/>, the image side being -log(Σ_P exp / Σ exp): one good partner is enough
    /// (MIL-NCE, Miech et al. 2020, arXiv:1912.06430). Another number than the other form.
    /// </summary>
    /// <inheritdoc cref="MultiPositive"/>
    public static Tensor MultiPositiveInsideLog(Tensor logits, Tensor owner)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor isOther = 1 - Ownership(logits, owner);
        Tensor own = logits.masked_fill(isOther.to_type(ScalarType.Bool), double.NegativeInfinity);
        Tensor imageSide = (logits.logsumexp(1) - own.logsumexp(1)).mean();
        return scope.MoveToOuter((TextSide(logits, owner) + imageSide) / 2);
    }

    private static Tensor Ownership(Tensor logits, Tensor owner)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(owner);
        return nn.functional.one_hot(owner, logits.shape[0]).t().to_type(logits.dtype);
    }

    private static Tensor TextSide(Tensor logits, Tensor owner) => nn.functional.cross_entropy(logits.t(), owner);
}
