namespace AlignBench.Tokenizers;

/// <summary>Matches a fixed text.</summary>
/// <param name="literal">Not empty.</param>
internal sealed class LiteralPattern(string literal) : IPattern
{
    private readonly byte[] _bytes = Utf8Runes.GetBytes(literal);

    /// <inheritdoc/>
    public bool TryFind(ReadOnlySpan<byte> text, int from, int end, out int matchStart, out int matchEnd)
    {
        int found = text[from..end].IndexOf(_bytes);
        matchStart = found < 0 ? end : from + found;
        matchEnd = found < 0 ? end : matchStart + _bytes.Length;
        return found >= 0;
    }
}
