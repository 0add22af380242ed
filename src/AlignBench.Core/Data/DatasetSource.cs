namespace AlignBench.Data;

/// <summary>Where a data set lies, as an experiment file says it.</summary>
public sealed record DatasetSource
{
    /// <summary>A name of <see cref="DatasetCatalog"/>.</summary>
    public required string Format { get; init; }

    /// <summary>
    /// Absolute. A file; for layouts in several files also a folder or a pattern with * and ?.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>Absolute folder of the image files, for layouts that keep them apart.</summary>
    public string? Images { get; init; }

    /// <summary>The part to read, for layouts that mark parts; null reads all.</summary>
    public string? Split { get; init; }

    /// <summary>What to call the data set; null takes the format's name.</summary>
    public string? Name { get; init; }
}
