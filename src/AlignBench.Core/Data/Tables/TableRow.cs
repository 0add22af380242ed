namespace AlignBench.Data.Tables;

/// <summary>A row of a table of images, sounds and captions.</summary>
/// <param name="Line">From 1, where it begins.</param>
internal sealed record TableRow(int Line)
{
    /// <summary>The columns it was read by.</summary>
    public required TableColumns Columns { get; init; }

    /// <summary>The image file as written, or null.</summary>
    public string? Image { get; init; }

    /// <summary>The sound file as written, or null.</summary>
    public string? Sound { get; init; }

    /// <summary>One, or more where a row holds a list; any may be null. Null where there is no such column.</summary>
    public string?[]? Captions { get; init; }

    /// <summary>The item, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The item's group, or null.</summary>
    public string? Group { get; init; }

    /// <summary>The part it belongs to, or null.</summary>
    public string? Split { get; init; }
}
