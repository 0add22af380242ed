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
            case "Metaspace":
                AddMetaspace(part, config, steps);
                return false;
            default:
                steps.Add(Splitter(part, type));
                return false;
        }
    }

    private static ISplitter Splitter(JsonPart part, string type) => type switch
    {
        "BertPreTokenizer" => new BertSplitter(),
        "WhitespaceSplit" => new PatternSplitter(
            new CharacterPattern(UnicodeClasses.Blanks.Contains), SplitBehavior.Removed, invert: false),
        "Punctuation" => new PatternSplitter(
            new CharacterPattern(UnicodeClasses.BertPunctuation.Contains),
            part.Find("behavior") is { } behavior ? Behavior(behavior) : SplitBehavior.Isolated,
            invert: false),
        "Digits" => new PatternSplitter(
            new CharacterPattern(UnicodeClasses.Numbers.Contains),
            part.Find("individual_digits")?.Flag() ?? false
                ? SplitBehavior.Isolated
                : SplitBehavior.Contiguous,
            invert: false),
        "Split" => new PatternSplitter(
            PatternReader.Read(part.Get("pattern")),
            Behavior(part.Get("behavior")),
            part.Find("invert")?.Flag() ?? false),
        _ => throw new CheckpointException($"{part.Place}: pre-tokenizer '{type}' is not supported."),
    };

    // Old files say add_prefix_space where new ones have prepend_scheme.
    private static void AddMetaspace(JsonPart part, TokenizerConfig config, List<object> steps)
    {
        string mark = part.Find("replacement")?.Text() ?? "\u2581";
        PrependScheme scheme = part.Find("prepend_scheme") is { } named
            ? Enum.TryParse(named.Text(), ignoreCase: true, out PrependScheme known) && Enum.IsDefined(known)
                ? known
                : throw named.Error("always, first or never")
            : part.Find("add_prefix_space")?.Flag() ?? true ? PrependScheme.Always : PrependScheme.Never;
        if (!Utf8Runes.IsSingle(mark, out _))
        {
            throw part.Get("replacement").Error("one character");
        }

        if (config.AddPrefixSpace is { } wanted && wanted != (scheme != PrependScheme.Never))
        {
            throw new CheckpointException(
                $"{config.Place}: add_prefix_space {wanted} is not what {part.Place} does ({scheme}).");
        }

        steps.Add(new Metaspace(mark, scheme));
        if (part.Find("split")?.Flag() ?? true)
        {
            steps.Add(
                new PatternSplitter(new LiteralPattern(mark), SplitBehavior.MergedWithNext, invert: false));
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
