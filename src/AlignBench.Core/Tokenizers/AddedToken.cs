namespace AlignBench.Tokenizers;

/// <summary>A token that is found in a text before the model sees it; names as in tokenizer.json.</summary>
internal sealed record AddedToken(int Id, string Content)
{
    /// <summary>Takes the blanks before it too.</summary>
    public bool LeftStrip { get; init; }

    /// <summary>Takes the blanks behind it too.</summary>
    public bool RightStrip { get; init; }

    /// <summary>Is looked for in the normalized text, else in the raw one.</summary>
    public bool Normalized { get; init; }
}
