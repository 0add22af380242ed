namespace AlignBench.Tokenizers;

/// <summary>Puts a text in front, unless there is nothing to put it in front of.</summary>
internal sealed class Prepend(string text) : INormalizer
{
    private readonly byte[] _bytes = Utf8Runes.GetBytes(text);

    /// <inheritdoc/>
    public void Normalize(AlignedText source, AlignedText target)
    {
        if (source.Length > 0)
        {
            target.AppendAs(source, 0, _bytes);
            target.Append(source, 0, source.Length);
        }
    }
}
