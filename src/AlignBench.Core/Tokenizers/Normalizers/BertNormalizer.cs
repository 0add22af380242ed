namespace AlignBench.Tokenizers;

/// <summary>
/// BERT's normalization (Devlin et al. 2018; Hugging Face tokenizers, normalizers/bert.rs) as single steps.
/// </summary>
internal static class BertNormalizer
{
    /// <param name="cleanText">Drop control characters, make blanks spaces.</param>
    /// <param name="handleChineseChars">Set ideographs apart.</param>
    /// <param name="stripAccents">Null: as <paramref name="lowercase"/>.</param>
    /// <param name="lowercase">Lower the text.</param>
    public static IReadOnlyList<INormalizer> Steps(
        bool cleanText, bool handleChineseChars, bool? stripAccents, bool lowercase)
    {
        List<INormalizer> steps = [];
        if (cleanText)
        {
            steps.Add(CharacterFilter.BertClean);
        }

        if (handleChineseChars)
        {
            steps.Add(new SpaceIdeographs());
        }

        if (stripAccents ?? lowercase)
        {
            steps.Add(new UnicodeForm(compatible: false, composes: false));
            steps.Add(CharacterFilter.BertMarks);
        }

        if (lowercase)
        {
            steps.Add(new Lowercase());
        }

        return steps;
    }
}
