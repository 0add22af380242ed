namespace AlignBench.Tokenizers;

/// <summary>
/// BERT's words: between blanks, which are dropped; each punctuation character is a word of its own.
/// </summary>
internal sealed class BertSplitter : ISplitter
{
    private enum Kind
    {
        Word,
        Blank,
        Punctuation,
    }

    private static readonly Kind[] s_ascii = [.. Enumerable.Range(0, 128).Select(Look)];

    /// <inheritdoc/>
    public void Split(ReadOnlySpan<byte> text, int start, int end, PieceList parts)
    {
        int word = start;
        for (int position = start, length; position < end; position += length)
        {
            Kind kind;
            if (text[position] < 128)
            {
                length = 1;
                kind = s_ascii[text[position]];
            }
            else
            {
                kind = Look(Utf8Runes.Decode(text, position, out length));
            }

            if (kind != Kind.Word)
            {
                parts.Add(word, position);
                word = position + length;
                if (kind == Kind.Punctuation)
                {
                    parts.Add(position, word);
                }
            }
        }

        parts.Add(word, end);
    }

    private static Kind Look(int codePoint) =>
        UnicodeClasses.Blanks.Contains(codePoint) ? Kind.Blank
        : UnicodeClasses.BertPunctuation.Contains(codePoint) ? Kind.Punctuation
        : Kind.Word;
}
