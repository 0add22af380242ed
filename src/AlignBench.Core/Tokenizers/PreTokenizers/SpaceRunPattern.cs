namespace AlignBench.Tokenizers;

/// <summary>Matches <c> {2,}</c>: two spaces or more.</summary>
internal sealed class SpaceRunPattern : IPattern
{
    /// <summary>As it stands in tokenizer.json.</summary>
    public const string Source = " {2,}";

    /// <inheritdoc/>
    public bool TryFind(ReadOnlySpan<byte> text, int from, int end, out int matchStart, out int matchEnd)
    {
        int found = text[from..end].IndexOf("  "u8);
        matchStart = found < 0 ? end : from + found;
        int others = text[matchStart..end].IndexOfAnyExcept((byte)' ');
        matchEnd = others < 0 ? end : matchStart + others;
        return found >= 0;
    }
}
