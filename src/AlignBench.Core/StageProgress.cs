namespace AlignBench;

/// <summary>How far one stage is, for <see cref="IProgress{T}"/>; what shows it decides how often.</summary>
/// <param name="Stage">What is done to what, "dinov2-toy-s on coco": the same words in each report of a stage.</param>
/// <param name="Done">Items finished, 0 ≤ Done ≤ Total.</param>
/// <param name="Total">Items in all.</param>
public readonly record struct StageProgress(string Stage, long Done, long Total)
{
    /// <summary>Whether the items are bytes, which are shown as MB.</summary>
    public bool AreBytes { get; init; }

    /// <summary>What was measured last, by name; null: nothing new.</summary>
    public IReadOnlyList<(string Name, double Value)>? Figures { get; init; }
}
