using static TorchSharp.torch;

namespace AlignBench.Adapters.Losses;

/// <summary>One way to turn the projected sides of a batch into a loss.</summary>
/// <param name="Name">As in a config.</param>
/// <param name="Description">One line.</param>
/// <param name="Sides">Fewest and most modalities.</param>
/// <param name="Loss">The loss of a batch.</param>
public sealed record ObjectiveKind(
    string Name, string Description, (int Fewest, int Most) Sides, Func<ObjectiveBatch, Tensor> Loss)
{
    /// <summary>Single numbers that the kind learns besides the adapters.</summary>
    public IReadOnlyList<ParameterSpec> Parameters { get; init; } = [];

    /// <summary>Whether the second side may have several rows for each of the first.</summary>
    public bool TakesSeveralCaptions { get; init; }

    /// <summary>Whether the scale is 1 / temperature or <see cref="Objective.LogitScale"/>.</summary>
    public bool HasTemperature { get; init; } = true;

    /// <summary>The catalog.</summary>
    public static IReadOnlyList<ObjectiveKind> All { get; } =
    [
        new("infonce", "each row has to find its partner among the batch", (2, 2), batch => batch.InfoNce(0, 1)),
        new("siglip", "sigmoid loss with learned scale and bias", (2, 2), Sigmoid)
        {
            Parameters = [Single("log_t", Math.Log(10)), Single("bias", -10)],
            HasTemperature = false,
        },
        new("multi_positive", "several captions an image, each a right answer (sum outside the logarithm)", (2, 2),
            batch => ContrastiveLoss.MultiPositive(batch.Logits(0, 1), batch.Owner))
        {
            TakesSeveralCaptions = true,
        },
        new("multi_positive_inside_log", "several captions an image, one right answer is enough", (2, 2),
            batch => ContrastiveLoss.MultiPositiveInsideLog(batch.Logits(0, 1), batch.Owner))
        {
            TakesSeveralCaptions = true,
        },
        new("multi_caption", "an image against the mean similarity of another's captions, as printed", (2, 2),
            batch => ContrastiveLoss.InfoNce(
                MultimodalLoss.MeanCaptionSimilarity(batch.Sides[0] * batch.Scale, batch.Sides[1]),
                batch.Settings.Direction,
                batch.Settings.LabelSmoothing))
        {
            TakesSeveralCaptions = true,
        },
        new("mix", "lambda of the first side and the rest of the second, learned with the adapters, against the third", (3, 3), Mix)
        {
            Parameters = [Single(Objective.Mix, 0)],
        },
        new("pairwise_sum", "InfoNCE of every pair of sides, summed", (2, int.MaxValue),
            batch => MultimodalLoss.PairwiseSum(
                batch.Sides, batch.Scale, batch.Settings.Direction, batch.Settings.LabelSmoothing)),
        new("multi_encoder_printed", "softmax over matching tuples, as printed: no negatives across modalities",
            (2, int.MaxValue), batch => MultimodalLoss.Printed(batch.Sides, batch.Scale)),
        new("multi_encoder_anchored", "one side against the product of the others, each side in turn",
            (2, int.MaxValue), batch => MultimodalLoss.Anchored(
                batch.Sides, batch.Scale, batch.Anchors, batch.Settings.Direction, batch.Settings.LabelSmoothing)),
    ];

    private static ParameterSpec Single(string name, double start) => new(name, []) { Start = start };

    private static Tensor Sigmoid(ObjectiveBatch batch) => ContrastiveLoss.Sigmoid(
        (batch.Sides[0] * batch.Parameter("log_t").exp()).matmul(batch.Sides[1].t()) + batch.Parameter("bias"));

    // m = σ(lam) a + (1 - σ(lam)) b of the unit vectors, normalised once more.
    private static Tensor Mix(ObjectiveBatch batch)
    {
        Tensor share = batch.Parameter(Objective.Mix).sigmoid();
        Tensor mixed = (batch.Sides[0] * share) + (batch.Sides[1] * (1 - share));
        return ContrastiveLoss.InfoNce(
            (ContrastiveLoss.Normalize(mixed) * batch.Scale).matmul(batch.Sides[2].t()),
            batch.Settings.Direction,
            batch.Settings.LabelSmoothing);
    }
}
