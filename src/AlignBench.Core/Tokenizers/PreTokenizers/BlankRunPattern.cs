namespace AlignBench.Tokenizers;

/// <summary>Matches <c>\s+</c>.</summary>
internal sealed class BlankRunPattern : IPattern
{
    /// <summary>As it stands in tokenizer.json.</summary>
    public const string Source = @"\s+";

    /// <inheritdoc/>
    public bool TryFind(ReadOnlySpan<byte> text, int from, int end, out int matchStart, out int matchEnd)
    {
        matchStart = from;
        while (matchStart < end && CharacterKinds.At(text, matchStart, out int length) != CharacterKind.Blank)
        {
            matchStart += length;
        }

        matchEnd = CharacterKinds.EndOfRun(text, matchStart, end, CharacterKind.Blank);
        return matchStart < end;
    }
}
