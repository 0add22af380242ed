namespace AlignBench.Tokenizers;

/// <summary>Matches single code points.</summary>
/// <param name="matches">Which.</param>
internal sealed class CharacterPattern(Func<int, bool> matches) : IPattern
{
    /// <inheritdoc/>
    public bool TryFind(ReadOnlySpan<byte> text, int from, int end, out int matchStart, out int matchEnd)
    {
        for (int position = from, length; position < end; position += length)
        {
            if (matches(Utf8Runes.Decode(text, position, out length)))
            {
                matchStart = position;
                matchEnd = position + length;
                return true;
            }
        }

        matchStart = matchEnd = end;
        return false;
    }
}
