namespace AlignBench.Tokenizers;

/// <summary>
/// Reads a pattern of a tokenizer.json. Regular expressions are known by their text: .NET's engine works on
/// UTF-16 and on other Unicode tables, so each has a scanner of its own here.
/// </summary>
internal static class PatternReader
{
    /// <exception cref="CheckpointException">The regular expression isn't one of those known.</exception>
    public static IPattern Read(JsonPart pattern)
    {
        if (pattern.Find("String") is { } literal)
        {
            return literal.Text().Length > 0
                ? new LiteralPattern(literal.Text())
                : throw literal.Error("some text");
        }

        JsonPart regex = pattern.Get("Regex");
        return regex.Text() switch
        {
            BloomPattern.Source => new BloomPattern(),
            Gpt2Pattern.Source => new Gpt2Pattern(),
            ClipPattern.Source => new ClipPattern(),
            BlankRunPattern.Source => new BlankRunPattern(),
            SpaceRunPattern.Source => new SpaceRunPattern(),
            _ => throw regex.Error("a pattern of BLOOM, GPT-2 or CLIP, \"\\s+\" or \" {2,}\""),
        };
    }
}
