namespace AlignBench.Tokenizers;

/// <summary>
/// Puts a text in place of every match of a pattern; it stands for the match's last character.
/// </summary>
internal sealed class Replace(IPattern pattern, string content) : INormalizer
{
    private readonly byte[] _content = Utf8Runes.GetBytes(content);

    /// <inheritdoc/>
    public void Normalize(AlignedText source, AlignedText target)
    {
        int position = 0;
        while (position < source.Length
            && pattern.TryFind(source.Bytes, position, source.Length, out int start, out int end))
        {
            target.Append(source, position, start);
            target.AppendAs(source, end - 1, _content);
            position = end;
        }

        target.Append(source, position, source.Length);
    }
}
