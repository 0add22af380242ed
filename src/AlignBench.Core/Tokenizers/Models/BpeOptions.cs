namespace AlignBench.Tokenizers;

/// <summary>What a BPE model's file says besides vocabulary and merges; names as in tokenizer.json.</summary>
internal sealed record BpeOptions
{
    /// <summary>Words are bytes in GPT-2's alphabet, else code points.</summary>
    public required bool ByteLevel { get; init; }

    /// <summary>Stands for an unknown symbol; null: it is left out.</summary>
    public string? UnknownToken { get; init; }

    /// <summary>Goes before each symbol of a word but the first.</summary>
    public string ContinuingPrefix { get; init; } = "";

    /// <summary>Goes behind the last symbol of a word.</summary>
    public string EndOfWordSuffix { get; init; } = "";

    /// <summary>A run of unknown symbols is one token.</summary>
    public bool FuseUnknown { get; init; }

    /// <summary>An unknown code point becomes its bytes, spelled &lt;0xNN&gt;.</summary>
    public bool ByteFallback { get; init; }

    /// <summary>A word that is in the vocabulary is taken whole.</summary>
    public bool IgnoreMerges { get; init; }
}
