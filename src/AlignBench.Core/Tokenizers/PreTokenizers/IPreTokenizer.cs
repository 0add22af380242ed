namespace AlignBench.Tokenizers;

/// <summary>Cuts a piece of text into smaller ones.</summary>
internal interface ISplitter
{
    /// <summary>Adds the parts of [start, end), in bytes, to <paramref name="parts"/>.</summary>
    void Split(ReadOnlySpan<byte> text, int start, int end, PieceList parts);
}

/// <summary>A pattern that is searched for in a text.</summary>
internal interface IPattern
{
    /// <summary>
    /// The leftmost match at or behind <paramref name="from"/> in text[..end]; false if there is none.
    /// </summary>
    bool TryFind(ReadOnlySpan<byte> text, int from, int end, out int matchStart, out int matchEnd);
}

/// <summary>Rewrites a text that is already cut into pieces.</summary>
internal interface IPieceRewriter
{
    /// <summary>
    /// Appends the rewritten pieces to <paramref name="target"/> and their places to
    /// <paramref name="parts"/>.
    /// </summary>
    /// <param name="source">The text.</param>
    /// <param name="pieces">Its pieces.</param>
    /// <param name="isTextStart">The first piece starts the whole text.</param>
    /// <param name="target">Empty.</param>
    /// <param name="parts">Empty.</param>
    void Rewrite(AlignedText source, PieceList pieces, bool isTextStart, AlignedText target, PieceList parts);
}
