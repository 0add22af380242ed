namespace AlignBench.Tokenizers;

/// <summary>A special token as tokenizer_config.json or special_tokens_map.json names it.</summary>
internal sealed record SpecialToken(string Content)
{
    /// <summary>Its id, where the file gives one.</summary>
    public int? Id { get; init; }

    /// <summary>It has a meaning for the model; else it is a word like others.</summary>
    public bool IsSpecial { get; init; } = true;

    public bool LeftStrip { get; init; }

    public bool RightStrip { get; init; }

    public bool SingleWord { get; init; }

    public bool Normalized { get; init; }

    /// <summary>A string, or an object with the content and the flags.</summary>
    public static SpecialToken Parse(JsonPart part) => part.IsText
        ? new SpecialToken(part.Text())
        : new SpecialToken(part.Get("content").Text())
        {
            LeftStrip = part.Find("lstrip")?.Flag() ?? false,
            RightStrip = part.Find("rstrip")?.Flag() ?? false,
            SingleWord = part.Find("single_word")?.Flag() ?? false,
            Normalized = part.Find("normalized")?.Flag() ?? false,
            IsSpecial = part.Find("special")?.Flag() ?? true,
        };

    /// <summary>The token with its id, as it is looked for in texts.</summary>
    /// <exception cref="CheckpointException">
    /// It must stand as a word of its own, which is not supported.
    /// </exception>
    public AddedToken At(int id, string place) => SingleWord
        ? throw new CheckpointException($"{place}: single_word of token '{Content}' is not supported.")
        : new AddedToken(id, Content)
        {
            LeftStrip = LeftStrip,
            RightStrip = RightStrip,
            Normalized = Normalized,
        };
}
