namespace AlignBench.Data;

/// <summary>
/// What belongs together in a data set: a picture with its sentences, a prompt with its pictures, a sound with
/// its label.
/// </summary>
public sealed record Item
{
    /// <summary>Unique in the data set.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// Items of one group show the same thing, so that they must not be on both sides of a split.
    /// </summary>
    public required string Group { get; init; }

    public ImageReference[] Images { get; init; } = [];

    public Caption[] Captions { get; init; } = [];

    public SoundReference[] Sounds { get; init; } = [];

    /// <summary>
    /// Parallel to <see cref="Images"/>: 1 preferred, 0 not, 0.5 a tie, null unlabelled. Empty where the data
    /// set has no labels.
    /// </summary>
    public double?[] Labels { get; init; } = [];
}
