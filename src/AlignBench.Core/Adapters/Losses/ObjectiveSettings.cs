namespace AlignBench.Adapters.Losses;

/// <summary>What is minimised, but for the kind's own parameters.</summary>
/// <param name="Kind">A name of <see cref="ObjectiveKind.All"/>.</param>
public sealed record ObjectiveSettings(string Kind)
{
    /// <summary>τ; similarities are divided by it. Where it is learned, not used.</summary>
    public double Temperature { get; init; } = 0.02;

    /// <summary>The scale is exp of a parameter that starts at ln(1 / .07) and never exceeds ln 100, as in CLIP.</summary>
    public bool LearnTemperature { get; init; }

    public LossDirection Direction { get; init; } = LossDirection.Symmetric;

    /// <summary>Whether the adapters' outputs become unit vectors first, so that a similarity is a cosine.</summary>
    public bool Normalize { get; init; } = true;

    /// <summary>Share of each target that goes to all classes alike.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>For <c>multi_encoder_anchored</c>: the side that is compared with the others' product; null: each in turn.</summary>
    public string? Anchor { get; init; }
}
