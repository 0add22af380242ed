namespace AlignBench.Tokenizers;

/// <summary>ByteLevel's add_prefix_space: each piece that doesn't start with a space gets one.</summary>
internal sealed class PrefixSpace : IPieceRewriter
{
    /// <inheritdoc/>
    public void Rewrite(
        AlignedText source, PieceList pieces, bool isTextStart, AlignedText target, PieceList parts)
    {
        for (int i = 0; i < pieces.Count; i++)
        {
            (int start, int end) = pieces[i];
            int from = target.Length;
            if (source.Bytes[start] != ' ')
            {
                target.AppendAs(source, start, " "u8);
            }

            target.Append(source, start, end);
            parts.Add(from, target.Length);
        }
    }
}
