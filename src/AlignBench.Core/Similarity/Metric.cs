using AlignBench.Features;
using AlignBench.Similarity.Neighbors;

namespace AlignBench.Similarity;

/// <summary>A measure of how alike two spaces are.</summary>
/// <param name="Name">As in <c>--metric</c> and in tables.</param>
/// <param name="Description">One line for <c>alignbench list metrics</c>.</param>
/// <param name="Range">Its values, in words; of the strict preset.</param>
/// <param name="Source">Paper or code that it follows.</param>
public sealed record Metric(string Name, string Description, string Range, string Source)
{
    /// <summary>Whether k and groups have a meaning for it.</summary>
    public bool UsesNeighbors { get; init; }

    /// <summary>The largest value of each preset, for k neighbours.</summary>
    public Func<SimilarityPreset, int, double> Maximum { get; init; } = (_, _) => 1.0;

    /// <summary>Prepares a side of the strict preset: from features as they are.</summary>
    public required Func<SideInput, MetricSide> Strict { get; init; }

    /// <summary>The same of the platonic preset, from prepared features; null: it has no such metric.</summary>
    public Func<SideInput, MetricSide>? Platonic { get; init; }

    /// <summary>Whether a preset has it.</summary>
    public bool IsIn(SimilarityPreset preset) => preset == SimilarityPreset.Strict || Platonic is not null;

    /// <summary>One side, from features that <see cref="SimilarityPresets.Prepare"/> has seen.</summary>
    /// <exception cref="ConfigException">The preset has no such metric.</exception>
    public MetricSide Side(SimilarityPreset preset, SideInput input)
    {
        Func<SideInput, MetricSide>? make = preset == SimilarityPreset.Strict ? Strict : Platonic;
        return make is not null
            ? make(input)
            : throw new ConfigException($"the preset {SimilarityPresets.NameOf(preset)} has no metric '{Name}'");
    }
}

/// <summary>What a side is made of.</summary>
/// <param name="Features">[n, d].</param>
/// <param name="K">Neighbours of an item.</param>
/// <param name="Groups">[n] or null: items of one group are no neighbours of each other.</param>
/// <param name="Cancellation">Looked at during the search.</param>
public sealed record SideInput(FeatureMatrix Features, int K, int[]? Groups, CancellationToken Cancellation)
{
    private readonly Dictionary<SimilarityKind, NeighborLists> _lists = [];

    /// <summary>The k nearest, searched once.</summary>
    internal NeighborLists Neighbors(SimilarityKind kind)
    {
        if (!_lists.TryGetValue(kind, out NeighborLists? lists))
        {
            _lists.Add(kind, lists = NearestNeighbors.Find(
                Features, K, kind, Groups, cancellation: Cancellation));
        }

        return lists;
    }
}
