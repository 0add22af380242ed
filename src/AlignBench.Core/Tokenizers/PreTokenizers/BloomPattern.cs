namespace AlignBench.Tokenizers;

/// <summary>
/// BLOOM's pattern, <c> ?[^(\s|[.,!?…。，、।۔،])]+</c>: an optional space, then code points that are none of
/// <see cref="UnicodeClasses.BloomSeparators"/> (the inner brackets are a nested class).
/// </summary>
internal sealed class BloomPattern : IPattern
{
    /// <summary>As it stands in tokenizer.json.</summary>
    public const string Source = " ?[^(\\s|[.,!?\u2026\u3002\uFF0C\u3001\u0964\u06D4\u060C])]+";

    /// <inheritdoc/>
    public bool TryFind(ReadOnlySpan<byte> text, int from, int end, out int matchStart, out int matchEnd)
    {
        matchStart = from;
        while (matchStart < end && IsSeparator(text, matchStart, out int length))
        {
            matchStart += length;
        }

        matchEnd = matchStart;
        if (matchStart == end)
        {
            return false;
        }

        while (matchEnd < end && !IsSeparator(text, matchEnd, out int length))
        {
            matchEnd += length;
        }

        if (matchStart > from && text[matchStart - 1] == ' ')
        {
            matchStart--;
        }

        return true;
    }

    private static bool IsSeparator(ReadOnlySpan<byte> text, int position, out int length) =>
        UnicodeClasses.BloomSeparators.Contains(Utf8Runes.Decode(text, position, out length));
}
