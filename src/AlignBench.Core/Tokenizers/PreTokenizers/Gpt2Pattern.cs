namespace AlignBench.Tokenizers;

/// <summary>
/// GPT-2's pattern (openai/gpt-2, encoder.py):
/// <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>. It matches everywhere.
/// </summary>
internal sealed class Gpt2Pattern : IPattern
{
    /// <summary>As it stands in tokenizer.json.</summary>
    public const string Source =
        @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    /// <inheritdoc/>
    public bool TryFind(ReadOnlySpan<byte> text, int from, int end, out int matchStart, out int matchEnd)
    {
        matchStart = from;
        int contraction = CharacterKinds.ContractionAt(text, from, end);
        if (contraction > 0)
        {
            matchEnd = from + contraction;
            return true;
        }

        int word = text[from] == ' ' && from + 1 < end ? from + 1 : from;
        CharacterKind kind = CharacterKinds.At(text, word, out _);
        matchEnd = kind == CharacterKind.Blank
            ? EndOfBlanks(text, from, end)
            : CharacterKinds.EndOfRun(text, word, end, kind);
        return true;
    }

    // A run of blanks leaves its last one to what follows, unless it is the only one or nothing follows.
    private static int EndOfBlanks(ReadOnlySpan<byte> text, int from, int end)
    {
        int runEnd = CharacterKinds.EndOfRun(text, from, end, CharacterKind.Blank);
        if (runEnd == end)
        {
            return runEnd;
        }

        int last = Utf8Runes.Before(text, runEnd);
        return last == from ? runEnd : last;
    }
}
