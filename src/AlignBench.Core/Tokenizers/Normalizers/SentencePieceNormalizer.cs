namespace AlignBench.Tokenizers;

/// <summary>
/// SentencePiece's normalization (sentencepiece 0.2, src/normalizer.cc): replacements by the longest match,
/// spaces at the ends and doubled ones dropped, a space put in front, spaces written as "▁". Each as the file
/// says.
/// </summary>
internal sealed class SentencePieceNormalizer(
    SentencePieceFile model, ByteTrie userDefined, CharsMap? charsMap) : INormalizer
{
    private const byte Space = (byte)' ';

    private readonly bool _removesExtra = model.RemoveExtraWhitespaces;
    private readonly bool _isPlain =
        charsMap is null && model.Pieces.All(piece => piece.Kind != PieceKind.UserDefined);
    private readonly byte[] _blank = Utf8Runes.GetBytes(model.EscapeWhitespaces ? "\u2581" : " ");

    /// <inheritdoc/>
    public void Normalize(AlignedText source, AlignedText target)
    {
        int position = _removesExtra ? SkipSpaces(source.Bytes) : 0;
        if (position == source.Length)
        {
            return;
        }

        if (model.AddDummyPrefix && !model.TreatWhitespaceAsSuffix)
        {
            target.AppendAs(source, position, _blank);
        }

        AppendRest(source, position, target);
        int end = source.Aligned ? source.EndOf(source.Length - 1) : 0;
        while (_removesExtra && target.Bytes.EndsWith(_blank))
        {
            target.Truncate(target.Length - _blank.Length);
            end = target.Aligned ? target.StartOf(target.Length) : 0;
        }

        if (model.AddDummyPrefix && model.TreatWhitespaceAsSuffix)
        {
            target.Append(_blank, end, end);
        }

        target.EndAtNextStart(end);
    }

    private void AppendRest(AlignedText source, int position, AlignedText target)
    {
        ReadOnlySpan<byte> bytes = source.Bytes;
        bool afterSpace = _removesExtra;
        while (position < bytes.Length)
        {
            int length = NextPart(bytes[position..], source.Aligned, out ReadOnlySpan<byte> part);
            if (afterSpace)
            {
                part = part.TrimStart(Space);
            }

            if (!part.IsEmpty)
            {
                afterSpace = _removesExtra && part[^1] == Space;
                AppendEscaped(source, position, part, target);
            }

            position += length;
        }
    }

    private void AppendEscaped(AlignedText source, int position, ReadOnlySpan<byte> part, AlignedText target)
    {
        while (!part.IsEmpty)
        {
            int space = part.IndexOf(Space);
            int plain = space < 0 ? part.Length : space;
            target.AppendAs(source, position, part[..plain]);
            if (space >= 0)
            {
                target.AppendAs(source, position, _blank);
            }

            part = part[Math.Min(part.Length, plain + 1)..];
        }
    }

    private int SkipSpaces(ReadOnlySpan<byte> text)
    {
        int position = 0;
        while (position < text.Length)
        {
            int length = NextPart(text[position..], aligned: true, out ReadOnlySpan<byte> part);
            if (part.Length != 1 || part[0] != Space)
            {
                break;
            }

            position += length;
        }

        return position;
    }

    // Where nothing is replaced and no places are kept, all up to the next space is one part.
    private int PlainLength(ReadOnlySpan<byte> text, bool aligned)
    {
        int space = aligned || !_isPlain ? 0 : text.IndexOf(Space);
        return space < 0 ? text.Length : space > 0 ? space : Utf8Runes.LengthFrom(text[0]);
    }

    // A user-defined symbol stays as it is; else the longest replacement; else one code point.
    private int NextPart(ReadOnlySpan<byte> text, bool aligned, out ReadOnlySpan<byte> part)
    {
        int length = userDefined.LongestPrefix(text, out _);
        if (length == 0 && charsMap is not null)
        {
            length = charsMap.LongestPrefix(text, out part);
            if (length > 0)
            {
                return length;
            }
        }

        length = length > 0 ? length : PlainLength(text, aligned);
        part = text[..length];
        return length;
    }
}
