namespace AlignBench.Tokenizers;

/// <summary>When <see cref="Metaspace"/> puts its mark in front.</summary>
internal enum PrependScheme
{
    /// <summary>Before each piece.</summary>
    Always,

    /// <summary>Before the piece that starts the text.</summary>
    First,

    /// <summary>Not at all.</summary>
    Never,
}

/// <summary>
/// tokenizer.json's Metaspace: a mark in place of each space, and in front of pieces that don't start with
/// one.
/// </summary>
internal sealed class Metaspace(string replacement, PrependScheme scheme) : IPieceRewriter
{
    private readonly byte[] _mark = Utf8Runes.GetBytes(replacement);

    /// <inheritdoc/>
    public void Rewrite(
        AlignedText source, PieceList pieces, bool isTextStart, AlignedText target, PieceList parts)
    {
        for (int i = 0; i < pieces.Count; i++)
        {
            (int start, int end) = pieces[i];
            int from = target.Length;
            bool hasMark = source.Bytes[start] == ' ' || source.Bytes[start..end].StartsWith(_mark);
            bool isWanted =
                scheme == PrependScheme.Always || (scheme == PrependScheme.First && isTextStart && i == 0);
            if (isWanted && !hasMark)
            {
                target.AppendAs(source, start, _mark);
            }

            while (start < end)
            {
                int space = source.Bytes[start..end].IndexOf((byte)' ');
                int plainEnd = space < 0 ? end : start + space;
                target.Append(source, start, plainEnd);
                if (space >= 0)
                {
                    target.AppendAs(source, plainEnd, _mark);
                }

                start = Math.Min(end, plainEnd + 1);
            }

            parts.Add(from, target.Length);
        }
    }
}
