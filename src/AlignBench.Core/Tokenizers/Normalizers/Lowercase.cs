namespace AlignBench.Tokenizers;

/// <summary>Lowers a text, one code point at a time (<see cref="LowercaseTable"/>).</summary>
internal sealed class Lowercase : INormalizer
{
    /// <inheritdoc/>
    public void Normalize(AlignedText source, AlignedText target)
    {
        if (source.IsAscii)
        {
            target.Append(source, 0, source.Length);
            target.LowerAscii();
            return;
        }

        ReadOnlySpan<byte> bytes = source.Bytes;
        for (int position = 0, length; position < bytes.Length; position += length)
        {
            ReadOnlySpan<int> lower = LowercaseTable.Of(Utf8Runes.Decode(bytes, position, out length));
            foreach (int codePoint in lower)
            {
                target.AppendAs(source, position, codePoint);
            }

            if (lower.IsEmpty)
            {
                target.Append(source, position, position + length);
            }
        }
    }
}
