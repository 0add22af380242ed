namespace AlignBench.Data;

/// <summary>Where a data set lies, as an experiment file says it.</summary>
public sealed record DatasetSource
{
    /// <summary>What to do with a picture's EXIF orientation: turn it upright, as the datasets library does.</summary>
    public const string ApplyOrientation = "apply";

    /// <summary>Take the picture as stored, as Pillow and torchvision do.</summary>
    public const string IgnoreOrientation = "ignore";

    /// <summary>A name of <see cref="DatasetCatalog"/>.</summary>
    public required string Format { get; init; }

    /// <summary>
    /// Absolute. A file; for layouts in several files also a folder or a pattern with *, ?, {a,b} or {0..9}.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>Absolute folder of the image files, for layouts that keep them apart.</summary>
    public string? Images { get; init; }

    /// <summary>Absolute folder of the sound files, for layouts that keep them apart.</summary>
    public string? Audio { get; init; }

    /// <summary>The part to read, for layouts that mark parts; null reads all.</summary>
    public string? Split { get; init; }

    /// <summary>What to call the data set; null takes the format's name.</summary>
    public string? Name { get; init; }

    /// <summary>Names of columns, for layouts without fixed ones.</summary>
    public DatasetColumns? Columns { get; init; }

    /// <summary><see cref="ApplyOrientation"/> or <see cref="IgnoreOrientation"/>.</summary>
    public string Orientation { get; init; } = ApplyOrientation;
}
