namespace AlignBench.Data;

/// <summary>A row of a table of images and captions.</summary>
/// <param name="Line">From 1, where it begins.</param>
internal sealed record TableRow(int Line)
{
    /// <summary>The image file as written, or null.</summary>
    public required string? Image { get; init; }

    /// <summary>One, or more where a row holds a list; any may be null.</summary>
    public required string?[] Captions { get; init; }

    /// <summary>The item, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The item's group, or null.</summary>
    public string? Group { get; init; }

    /// <summary>The part it belongs to, or null.</summary>
    public string? Split { get; init; }
}
