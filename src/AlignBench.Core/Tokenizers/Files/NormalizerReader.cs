namespace AlignBench.Tokenizers;

/// <summary>Reads the normalizer of a tokenizer.json.</summary>
internal static class NormalizerReader
{
    /// <exception cref="CheckpointException">A component is broken or not supported.</exception>
    public static IReadOnlyList<INormalizer> Read(JsonPart part, TokenizerConfig config)
    {
        string type = part.Get("type").Text();
        return type switch
        {
            "Sequence" => [.. part.Get("normalizers").Items().SelectMany(item => Read(item, config))],
            "Prepend" => [new Prepend(part.Get("prepend").Text())],
            "Replace" => [new Replace(PatternReader.Read(part.Get("pattern")), part.Get("content").Text())],
            _ => throw new CheckpointException($"{part.Place}: normalizer '{type}' is not supported."),
        };
    }
}
