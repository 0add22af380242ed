namespace AlignBench.Tokenizers;

/// <summary>
/// The memory that one call works in, used again by the next call; never shared between threads.
/// </summary>
internal sealed class Workspace
{
    // Beyond this a workspace is let go after its call, so that one giant text doesn't hold memory for ever.
    private const int KeptBytes = 1 << 20;

    private readonly AlignedText[] _texts = [new(), new(), new(), new()];

    /// <summary>The whole text as it came.</summary>
    public AlignedText Raw { get; } = new();

    /// <summary>A part of it, where special tokens cut it.</summary>
    public AlignedText Stretch { get; } = new();

    /// <summary>What the tokens found are called; kept only with spans.</summary>
    public List<string> TokenTexts { get; } = [];

    /// <summary>The tokens found.</summary>
    public TokenSink Tokens { get; } = new();

    /// <summary>Pieces before and after a step of pre-tokenizing.</summary>
    public PieceList Pieces { get; set; } = new();

    /// <summary>The other list of pieces.</summary>
    public PieceList NextPieces { get; set; } = new();

    /// <summary>The symbols of one word.</summary>
    public SymbolBuffer Symbols { get; } = new();

    /// <summary>Words met before.</summary>
    public WordCache Words { get; } = new();

    /// <summary>Memory of the best paths through a text.</summary>
    public PathBuffer Paths { get; } = new();

    /// <summary>Whether it may be kept for the next call.</summary>
    public bool IsSmall => Math.Max(Raw.Capacity, Symbols.Capacity) <= KeptBytes
        && Math.Max(_texts[0].Capacity, _texts[1].Capacity) <= KeptBytes
        && Math.Max(_texts[2].Capacity, _texts[3].Capacity) <= KeptBytes;

    /// <summary>
    /// An empty text, other than <paramref name="source"/>, for a normalizer to write into.
    /// </summary>
    public AlignedText NormalizerTarget(AlignedText source) =>
        Cleared(ReferenceEquals(source, _texts[0]) ? 1 : 0, source);

    /// <summary>An empty text, other than any normalizer's, for a pre-tokenizer to write into.</summary>
    public AlignedText RewriterTarget(AlignedText source) =>
        Cleared(ReferenceEquals(source, _texts[2]) ? 3 : 2, source);

    /// <summary>Makes <see cref="NextPieces"/> the current list.</summary>
    public void SwapPieces() => (Pieces, NextPieces) = (NextPieces, Pieces);

    private AlignedText Cleared(int index, AlignedText source)
    {
        _texts[index].Clear(source.Aligned);
        return _texts[index];
    }
}
