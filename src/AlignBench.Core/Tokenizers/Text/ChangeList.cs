namespace AlignBench.Tokenizers;

/// <summary>
/// A rewritten text as a list of changes (Hugging Face tokenizers, tokenizer/normalizer.rs, transform_range):
/// each code point replaces the next one of the source (0), is new (1), or replaces one and drops n behind it
/// (-n). A new one stands for the same part of the original as the source character before it.
/// </summary>
internal sealed class ChangeList
{
    private readonly List<(int CodePoint, int Change)> _changes = [];

    /// <summary>One more code point.</summary>
    public void Add(int codePoint, int change) => _changes.Add((codePoint, change));

    /// <summary>A text in the place of as many source characters.</summary>
    /// <param name="replacement">UTF-8.</param>
    /// <param name="replaced">Source characters that it replaces, at least 1.</param>
    public void AddReplacement(ReadOnlySpan<byte> replacement, int replaced)
    {
        int count = Utf8Runes.Count(replacement);
        for (int i = 0, at = 0, length; at < replacement.Length; i++, at += length)
        {
            int codePoint = Utf8Runes.Decode(replacement, at, out length);
            bool dropsRest = i == count - 1 && replaced > count;
            Add(codePoint, i >= replaced ? 1 : dropsRest ? count - replaced : 0);
        }

        if (count == 0 && _changes.Count > 0)
        {
            (int last, int change) = _changes[^1];
            _changes[^1] = (last, change - replaced);
        }
    }

    /// <summary>Appends the rewritten text to <paramref name="target"/>.</summary>
    public void Apply(AlignedText source, AlignedText target)
    {
        ReadOnlySpan<byte> bytes = source.Bytes;
        int position = 0;
        foreach ((int codePoint, int change) in _changes)
        {
            int index = Math.Min(change > 0 ? position - 1 : position, source.Length - 1);
            if (index < 0)
            {
                target.AppendUnplaced(codePoint);
            }
            else
            {
                target.AppendAs(source, index, codePoint);
            }

            for (int replaced = change > 0 ? 0 : 1 - change; replaced > 0
                && position < bytes.Length; replaced--)
            {
                position += Utf8Runes.LengthFrom(bytes[position]);
            }
        }
    }
}
