namespace AlignBench.Tokenizers;

/// <summary>Reads the pre-tokenizer of a tokenizer.json.</summary>
internal static class PreTokenizerReader
{
    /// <summary>Appends the steps; true if the last one spells pieces as bytes (ByteLevel).</summary>
    /// <exception cref="CheckpointException">A component is broken or not supported.</exception>
    public static bool Read(JsonPart part, TokenizerConfig config, List<object> steps)
    {
        string type = part.Get("type").Text();
        switch (type)
        {
            case "Sequence":
                IReadOnlyList<JsonPart> items = part.Get("pretokenizers").Items();
                bool byteLevel = false;
                foreach (JsonPart item in items)
                {
                    byteLevel = byteLevel
                        ? throw new CheckpointException($"{item.Place}: nothing can follow ByteLevel.")
                        : Read(item, config, steps);
                }

                return byteLevel;
            case "ByteLevel":
                AddByteLevel(part, config, steps);
                return true;
            case "Split":
                steps.Add(new PatternSplitter(
                    PatternReader.Read(part.Get("pattern")),
                    Behavior(part.Get("behavior")),
                    part.Find("invert")?.Flag() ?? false));
                return false;
            default:
                throw new CheckpointException($"{part.Place}: pre-tokenizer '{type}' is not supported.");
        }
    }

    private static void AddByteLevel(JsonPart part, TokenizerConfig config, List<object> steps)
    {
        if (config.AddPrefixSpace ?? part.Find("add_prefix_space")?.Flag() ?? true)
        {
            steps.Add(new PrefixSpace());
        }

        if (part.Find("use_regex")?.Flag() ?? true)
        {
            steps.Add(new PatternSplitter(new Gpt2Pattern(), SplitBehavior.Isolated, invert: false));
        }
    }

    private static SplitBehavior Behavior(JsonPart part) =>
        Enum.TryParse(part.Text(), ignoreCase: false, out SplitBehavior behavior) && Enum.IsDefined(behavior)
            ? behavior
            : throw part.Error("one of " + string.Join(", ", Enum.GetNames<SplitBehavior>()));
}
