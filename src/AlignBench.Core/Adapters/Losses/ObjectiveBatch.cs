using static TorchSharp.torch;

namespace AlignBench.Adapters.Losses;

/// <summary>What a loss is made of: one batch, projected.</summary>
/// <param name="Settings">Direction, smoothing and so on.</param>
/// <param name="Sides">A modality each: [B, e], or [B * c, e] with c captions an image; normalised if asked for.</param>
/// <param name="Scale">One number, 1 / temperature.</param>
/// <param name="Parameter">The kind's own parameters.</param>
public sealed record ObjectiveBatch(
    ObjectiveSettings Settings, IReadOnlyList<Tensor> Sides, Tensor Scale, Func<string, Tensor> Parameter)
{
    /// <summary>[B * c] int64, the image of each row of the second side.</summary>
    public Tensor Owner
    {
        get
        {
            long images = Sides[0].shape[0];
            return arange(images).repeat_interleave(Sides[1].shape[0] / images);
        }
    }

    /// <summary>The sides that take their turn against the product of the others.</summary>
    public required int[] Anchors { get; init; }

    /// <summary>Scaled similarities of two sides.</summary>
    public Tensor Logits(int a, int b) => (Sides[a] * Scale).matmul(Sides[b].t());

    public Tensor InfoNce(int a, int b) =>
        ContrastiveLoss.InfoNce(Logits(a, b), Settings.Direction, Settings.LabelSmoothing);
}
