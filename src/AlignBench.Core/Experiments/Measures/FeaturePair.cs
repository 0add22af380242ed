namespace AlignBench.Experiments.Measures;

/// <summary>What <see cref="FilePredictivity"/> scores.</summary>
/// <param name="Vision">Feature file of images, or a matrix made elsewhere; the first image of each item counts.</param>
/// <param name="Language">The same for captions.</param>
/// <param name="Captions">Captions averaged for each item, 1 or more; items with fewer are left out.</param>
public sealed record FeaturePair(string Vision, string Language, int Captions = 1)
{
    /// <summary>The ids of a matrix's rows, one a line; null for a feature file, which has them.</summary>
    public string? VisionIds { get; init; }

    /// <inheritdoc cref="VisionIds"/>
    public string? LanguageIds { get; init; }

    /// <summary>
    /// A table of <c>item</c> and <c>group</c>, besides what items share by themselves: an image, a caption, or in a matrix
    /// made elsewhere a row. Null: these alone.
    /// </summary>
    public string? Groups { get; init; }

    /// <summary>How items are cut into folds: <c>plain</c>, or <c>grouped</c>, inner folds included.</summary>
    public string Folding { get; init; } = Measures.Folding.Plain;

    /// <summary>Shuffled pairings a score, 0 for none.</summary>
    public int Permutations { get; init; }

    /// <summary>Resamples of the test items a score, 0 for none; else 2 or more.</summary>
    public int Resamples { get; init; }

    /// <summary>Of shuffles and resamples.</summary>
    public uint Seed { get; init; }
}
