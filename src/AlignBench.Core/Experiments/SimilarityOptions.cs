using AlignBench.Similarity;

namespace AlignBench.Experiments;

/// <summary>What is measured between two feature files.</summary>
public sealed record SimilarityOptions
{
    /// <summary>One or more.</summary>
    public required IReadOnlyList<Metric> Metrics { get; init; }

    public SimilarityPreset Preset { get; init; } = SimilarityPreset.Strict;

    /// <summary>The ids of x's rows, one a line, if it is a matrix made elsewhere; null for a feature file.</summary>
    public string? IdsX { get; init; }

    /// <summary>The same for y.</summary>
    public string? IdsY { get; init; }

    /// <summary>Neighbours of an item, 1 or more.</summary>
    public int K { get; init; } = 10;

    /// <summary>Captions averaged for each item, 1 or more; items with fewer are left out.</summary>
    public int Captions { get; init; } = 1;

    /// <summary>Random pairings; 0: no null.</summary>
    public int Permutations { get; init; }

    /// <summary>Resamples of the items, 0 or at least 2; 0: no interval.</summary>
    public int Resamples { get; init; }

    /// <summary>Of permutations and resamples.</summary>
    public uint Seed { get; init; }

    /// <summary>Whether items with equal features on either side are no neighbours of each other.</summary>
    public bool ExcludeDuplicates { get; init; }

    /// <summary>
    /// A table with the columns <c>item</c> and <c>group</c>, or null: items of one group are no neighbours.
    /// </summary>
    public string? GroupsFile { get; init; }
}
