namespace AlignBench.Tokenizers;

/// <summary>BERT's way with Chinese: a space on both sides of each ideograph.</summary>
internal sealed class SpaceIdeographs : INormalizer
{
    /// <inheritdoc/>
    public void Normalize(AlignedText source, AlignedText target)
    {
        if (source.IsAscii)
        {
            target.Append(source, 0, source.Length);
            return;
        }

        ReadOnlySpan<byte> bytes = source.Bytes;
        for (int position = 0, length; position < bytes.Length; position += length)
        {
            bool isIdeograph =
                UnicodeClasses.BertIdeographs.Contains(Utf8Runes.Decode(bytes, position, out length));
            if (isIdeograph)
            {
                target.AppendAs(source, position, " "u8);
            }

            target.Append(source, position, position + length);
            if (isIdeograph)
            {
                target.AppendAs(source, position, " "u8);
            }
        }
    }
}
