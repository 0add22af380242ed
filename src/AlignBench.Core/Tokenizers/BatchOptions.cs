namespace AlignBench.Tokenizers;

/// <summary>Where a short row of a batch is filled.</summary>
public enum PaddingSide
{
    /// <summary>Behind its tokens.</summary>
    Right,

    /// <summary>Before its tokens.</summary>
    Left,
}

/// <summary>How texts become rows of one length. Nothing of it is taken from a checkpoint's files.</summary>
public sealed record BatchOptions
{
    /// <summary>
    /// Longer texts are cut to this from the right, the template's tokens staying; null: none is cut.
    /// </summary>
    public int? MaxLength { get; init; }

    /// <summary>Rows have <see cref="MaxLength"/> columns, else as many as the longest needs.</summary>
    public bool PadToMaxLength { get; init; }

    /// <summary>Where short rows are filled.</summary>
    public PaddingSide PaddingSide { get; init; }

    /// <summary>What fills them; null: <see cref="ITokenizer.PadId"/>.</summary>
    public int? PadId { get; init; }
}
