namespace AlignBench.Tokenizers;

/// <summary>
/// The trim_offsets of ByteLevel and RobertaProcessing (Hugging Face tokenizers,
/// pre_tokenizers/byte_level.rs, process_offsets): a token's offsets leave out the blanks at its ends. Ids
/// don't change.
/// </summary>
/// <param name="AddPrefixSpace">
/// The one blank of a first token was put there, and has no place in the text.
/// </param>
internal sealed record OffsetTrimmer(bool AddPrefixSpace)
{
    private const char SpaceLetter = '\u0120';

    /// <summary>The offsets of token number <paramref name="index"/>.</summary>
    public (int Start, int End) Trim(int index, string token, int start, int end)
    {
        int leading = token.TakeWhile(IsBlank).Count();
        int trailing = token.Reverse().TakeWhile(IsBlank).Count();
        bool isPutThere = AddPrefixSpace && leading == 1 && (index == 0 || start == 0);
        start = Math.Min(start + (isPutThere ? 0 : leading), end);
        return (start, trailing > 0 && end >= trailing ? Math.Max(end - trailing, start) : end);
    }

    private static bool IsBlank(char letter) =>
        letter == SpaceLetter || UnicodeClasses.Blanks.Contains(letter);
}
