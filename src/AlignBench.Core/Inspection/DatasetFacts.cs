using AlignBench.Data;

namespace AlignBench.Inspection;

/// <summary>An image that can't be used.</summary>
public sealed record BrokenImage(ImageReference Image, string Reason);

/// <summary>Something that is the same as something earlier in the data set.</summary>
/// <param name="Kind"><c>image</c>: equal bytes; <c>caption</c>: equal text.</param>
/// <param name="Id">Of the later one.</param>
/// <param name="SameAs">Id of the first one.</param>
public sealed record Duplicate(string Kind, string Id, string SameAs);

/// <summary>What there is in a data set.</summary>
public sealed record DatasetFacts
{
    /// <summary>The data set's name.</summary>
    public required string Name { get; init; }

    /// <summary>Shards or annotation files.</summary>
    public required int Files { get; init; }

    public required ItemFacts Items { get; init; }

    /// <summary>Null if no image was read.</summary>
    public ImageFacts? Images { get; init; }

    /// <summary>What no item has, with the reason.</summary>
    public required IReadOnlyList<SkippedRow> Skipped { get; init; }

    /// <summary>Captions first, then images, in the data's order.</summary>
    public IEnumerable<Duplicate> Duplicates => Items.Duplicates.Concat(Images?.Duplicates ?? []);
}
