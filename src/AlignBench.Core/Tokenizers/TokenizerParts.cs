namespace AlignBench.Tokenizers;

/// <summary>The steps from a text to ids, in the order in which they run.</summary>
internal sealed record TokenizerParts
{
    /// <summary>Found in the text first.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; init; } = [];

    /// <summary>Rewrite what lies between them.</summary>
    public IReadOnlyList<INormalizer> Normalizers { get; init; } = [];

    /// <summary>
    /// Cut it into pieces: each an <see cref="ISplitter"/> or an <see cref="IPieceRewriter"/>.
    /// </summary>
    public IReadOnlyList<object> PreTokenizers { get; init; } = [];

    /// <summary>Turns pieces into tokens.</summary>
    public required ITokenModel Model { get; init; }

    /// <summary>Special tokens around the whole.</summary>
    public Template Template { get; init; } = Template.Empty;

    /// <summary>Leaves blanks out of a token's offsets; null: it doesn't.</summary>
    public OffsetTrimmer? OffsetTrimmer { get; init; }

    /// <summary>See <see cref="ITokenizer.PadId"/>.</summary>
    public int? PadId { get; init; }

    /// <summary>See <see cref="ITokenizer.Fingerprint"/>.</summary>
    public string Fingerprint { get; init; } = "";
}
