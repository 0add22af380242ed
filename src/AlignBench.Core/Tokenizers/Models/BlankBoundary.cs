namespace AlignBench.Tokenizers;

/// <summary>
/// Cuts a text before each "▁" (U+2581) that follows something else. If no token of a vocabulary goes across
/// such a place, no merge can, so the parts may be tokenised, and remembered, one by one with the same result
/// as the whole.
/// </summary>
internal static class BlankBoundary
{
    private const char Blank = '\u2581';

    private static ReadOnlySpan<byte> BlankUtf8 => "\u2581"u8;

    /// <summary>True if the token has a "▁" behind another character.</summary>
    public static bool IsCrossedBy(string token)
    {
        for (int i = 1; i < token.Length; i++)
        {
            if (token[i] == Blank && token[i - 1] != Blank)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where the part that starts at <paramref name="start"/> ends.</summary>
    public static int EndOfPart(ReadOnlySpan<byte> text, int start)
    {
        int position = start;
        while (text[position..].StartsWith(BlankUtf8))
        {
            position += BlankUtf8.Length;
        }

        int next = text[position..].IndexOf(BlankUtf8);
        return next < 0 ? text.Length : position + next;
    }
}
