namespace AlignBench.Models.Language;

/// <summary>The normalisation of a LLaMA-like model.</summary>
public enum LlamaNorm
{
    Rms,

    /// <summary>The stored weight is an offset from one (Gemma).</summary>
    RmsAddOne,

    /// <summary>Layer normalisation without weights, epsilon fixed (OLMo).</summary>
    LayerWithoutWeights,
}

/// <summary>The shape of a LLaMA-like decoder, as in its config.json.</summary>
public sealed record LlamaConfig
{
    public required int Vocabulary { get; init; }

    /// <summary>D.</summary>
    public required int Width { get; init; }

    /// <summary>L.</summary>
    public required int Depth { get; init; }

    /// <summary>H, of the queries.</summary>
    public required int Heads { get; init; }

    /// <summary>K, of keys and values.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>C; need not be D / H.</summary>
    public required int HeadWidth { get; init; }

    /// <summary>Channels between the two layers of the feed-forward.</summary>
    public required int Hidden { get; init; }

    public required RotarySettings Rotary { get; init; }

    public string Activation { get; init; } = "silu";

    public LlamaNorm Norm { get; init; } = LlamaNorm.Rms;

    public double NormEpsilon { get; init; } = 1e-6;

    public bool QueryKeyValueBias { get; init; }

    public bool OutputBias { get; init; }

    public bool MlpBias { get; init; }

    /// <summary>What the token embeddings are multiplied by.</summary>
    public double EmbeddingScale { get; init; } = 1;

    /// <summary>Keys that a query sees, its own included; all before it if null.</summary>
    public int? Window { get; init; }

    /// <summary>Queries, keys and values are clamped to ± this.</summary>
    public double? Clip { get; init; }

    /// <summary>
    /// OLMo 2: norms come after attention and feed-forward, and all queries and all keys are normalised.
    /// </summary>
    public bool NormsBranches { get; init; }

    /// <summary>Experts of the feed-forward; null for a single one.</summary>
    public int? Experts { get; init; }

    /// <summary>Experts that a token goes through.</summary>
    public int ActiveExperts { get; init; } = 2;
}
