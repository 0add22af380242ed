namespace AlignBench.Tokenizers;

/// <summary>Drops blanks at the ends.</summary>
internal sealed class Strip(bool left, bool right) : INormalizer
{
    /// <inheritdoc/>
    public void Normalize(AlignedText source, AlignedText target)
    {
        ReadOnlySpan<byte> bytes = source.Bytes;
        int start = left ? CharacterKinds.EndOfRun(bytes, 0, bytes.Length, CharacterKind.Blank) : 0;
        int end = bytes.Length;
        while (right && end > start)
        {
            int before = Utf8Runes.Before(bytes, end);
            if (CharacterKinds.At(bytes, before, out _) != CharacterKind.Blank)
            {
                break;
            }

            end = before;
        }

        target.Append(source, start, end);
    }
}
