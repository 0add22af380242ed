namespace AlignBench.Tokenizers;

/// <summary>
/// The classes of code points that the published tokenizers use. They were measured one code point at a time
/// through Hugging Face tokenizers 0.23.3, since .NET's own tables are of another Unicode version: the regex
/// classes are those of Unicode 16, BERT's those of about 2015.
/// </summary>
internal static class UnicodeClasses
{
    private static readonly Dictionary<string, CodePointSet> s_sets = Read();

    /// <summary>\p{L}.</summary>
    public static CodePointSet Letters { get; } = s_sets["regex_L"];

    /// <summary>\p{N}.</summary>
    public static CodePointSet Numbers { get; } = s_sets["regex_N"];

    /// <summary>\s.</summary>
    public static CodePointSet Blanks { get; } = s_sets["regex_s"];

    /// <summary>What BLOOM's pattern keeps out of a piece.</summary>
    public static CodePointSet BloomSeparators { get; } = s_sets["bloom_never_in_a_piece"];

    /// <summary>What BERT's cleaning drops.</summary>
    public static CodePointSet BertRemoved { get; } = s_sets["bert_removed"];

    /// <summary>What BERT's cleaning turns into a space.</summary>
    public static CodePointSet BertSpaces { get; } = s_sets["bert_to_space"];

    /// <summary>What BERT sets between spaces.</summary>
    public static CodePointSet BertIdeographs { get; } = s_sets["bert_cjk_spaced"];

    /// <summary>The marks that BERT strips after NFD.</summary>
    public static CodePointSet BertMarks { get; } = s_sets["bert_mark_stripped"];

    /// <summary>What BERT makes a word of its own.</summary>
    public static CodePointSet BertPunctuation { get; } = s_sets["bert_punct_isolated"];

    /// <summary>\p{M} of Unicode 9.</summary>
    public static CodePointSet Marks { get; } = s_sets["mark"];

    // A line holds a name and inclusive ranges of hexadecimal code points.
    private static Dictionary<string, CodePointSet> Read() =>
        Resource.Lines("unicode-classes.txt").Select(line => line.Split(' ')).ToDictionary(
            words => words[0],
            words => new CodePointSet([.. words.Skip(1).Select(Hexadecimal.ParseRange)]));
}
