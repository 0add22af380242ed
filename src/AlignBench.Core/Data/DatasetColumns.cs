namespace AlignBench.Data;

/// <summary>The names of a table's columns, where they are not the usual ones.</summary>
public sealed record DatasetColumns
{
    /// <summary>Image files, or in Parquet their bytes.</summary>
    public string? Image { get; init; }

    /// <summary>A caption, or where a cell can hold one, a list of captions.</summary>
    public string? Caption { get; init; }

    /// <summary>Sound files.</summary>
    public string? Audio { get; init; }

    /// <summary>
    /// What rows belong to one item; left out: those of one sound file, else of one image file, in Parquet each
    /// row.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>See <see cref="Item.Group"/>; left out: the sound or image file, in Parquet the item.</summary>
    public string? Group { get; init; }

    /// <summary>The part a row belongs to.</summary>
    public string? Split { get; init; }
}
