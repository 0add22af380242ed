namespace AlignBench.Tokenizers;

/// <summary>
/// CLIP's pattern (openai/CLIP, simple_tokenizer.py, in tokenizer.json's spelling): the two special tokens,
/// contractions, runs of letters, single digits, runs of anything else but blanks.
/// </summary>
internal sealed class ClipPattern : IPattern
{
    /// <summary>As it stands in tokenizer.json.</summary>
    public const string Source =
        @"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+";

    /// <inheritdoc/>
    public bool TryFind(ReadOnlySpan<byte> text, int from, int end, out int matchStart, out int matchEnd)
    {
        matchStart = from;
        while (matchStart < end && CharacterKinds.At(text, matchStart, out int blank) == CharacterKind.Blank)
        {
            matchStart += blank;
        }

        matchEnd = matchStart;
        if (matchStart == end)
        {
            return false;
        }

        int literal = LiteralAt(text[matchStart..end]);
        literal = literal > 0 ? literal : CharacterKinds.ContractionAt(text, matchStart, end);
        CharacterKind kind = CharacterKinds.At(text, matchStart, out int length);
        matchEnd = literal > 0 ? matchStart + literal
            : kind == CharacterKind.Number ? matchStart + length
            : CharacterKinds.EndOfRun(text, matchStart, end, kind);
        return true;
    }

    private static int LiteralAt(ReadOnlySpan<byte> text) =>
        text.StartsWith("<|startoftext|>"u8) ? "<|startoftext|>"u8.Length
        : text.StartsWith("<|endoftext|>"u8) ? "<|endoftext|>"u8.Length
        : 0;
}
