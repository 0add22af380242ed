namespace AlignBench.Tokenizers;

/// <summary>Drops code points and turns others into spaces.</summary>
/// <param name="dropped">No printable ASCII.</param>
/// <param name="spaced">No printable ASCII.</param>
internal sealed class CharacterFilter(CodePointSet dropped, CodePointSet spaced) : INormalizer
{
    /// <summary>BERT's cleaning: NUL, U+FFFD and control characters go, blanks become spaces.</summary>
    public static CharacterFilter BertClean { get; } =
        new(UnicodeClasses.BertRemoved, UnicodeClasses.BertSpaces);

    /// <summary>BERT's way with accents, after NFD.</summary>
    public static CharacterFilter BertMarks { get; } = new(UnicodeClasses.BertMarks, new CodePointSet([]));

    /// <summary>StripAccents: all marks go.</summary>
    public static CharacterFilter Marks { get; } = new(UnicodeClasses.Marks, new CodePointSet([]));

    /// <summary>Nmt (Hugging Face tokenizers, normalizers/unicode.rs).</summary>
    public static CharacterFilter Nmt { get; } = new(
        new CodePointSet([(1, 8), (0xB, 0xB), (0xE, 0x1F), (0x7F, 0x7F), (0x8F, 0x8F), (0x9F, 0x9F)]),
        new CodePointSet(
            [(9, 0xA), (0xC, 0xD), (0x1680, 0x1680), (0x200B, 0x200F), (0x2028, 0x2029), (0x2581, 0x2581),
            (0xFEFF, 0xFEFF), (0xFFFD, 0xFFFD)]));

    /// <inheritdoc/>
    public void Normalize(AlignedText source, AlignedText target)
    {
        ReadOnlySpan<byte> bytes = source.Bytes;
        if (!bytes.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            target.Append(source, 0, source.Length);
            return;
        }

        for (int position = 0, length; position < bytes.Length; position += length)
        {
            int codePoint = Utf8Runes.Decode(bytes, position, out length);
            if (spaced.Contains(codePoint))
            {
                target.AppendAs(source, position, " "u8);
            }
            else if (!dropped.Contains(codePoint))
            {
                target.Append(source, position, position + length);
            }
        }
    }
}
