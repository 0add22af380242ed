namespace AlignBench.Models;

/// <summary>The shape of a LLaMA decoder, as in its config.json; defaults are those of transformers' LlamaConfig.</summary>
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

    public string Activation { get; init; } = "silu";

    public double RmsNormEpsilon { get; init; } = 1e-6;

    public bool AttentionBias { get; init; }

    public bool MlpBias { get; init; }

    public RotarySettings Rotary { get; init; } = new(10000, null, 1);

    /// <summary>From a config.json of model_type llama, in the spelling of transformers 4 or 5.</summary>
    /// <exception cref="CheckpointException">A key is unknown, or a value one that is not supported.</exception>
    public static LlamaConfig From(ConfigReader config)
    {
        // max_position_embeddings bounds nothing here, and pretraining_tp cuts products into equal parts.
        config.Accept("attention_dropout", "max_position_embeddings", "max_sequence_length", "pretraining_tp");
        int width = config.CountOrNull("hidden_size") ?? 4096;
        int heads = config.CountOrNull("num_attention_heads") ?? 32;
        LlamaConfig read = new()
        {
            Vocabulary = config.CountOrNull("vocab_size") ?? 32000,
            Width = width,
            Depth = config.CountOrNull("num_hidden_layers") ?? 32,
            Heads = heads,
            KeyValueHeads = config.CountOrNull("num_key_value_heads") ?? heads,
            HeadWidth = config.CountOrNull("head_dim") ?? width / heads,
            Hidden = config.CountOrNull("intermediate_size") ?? 11008,
            Activation = config.Activation("hidden_act", "silu"),
            RmsNormEpsilon = config.Number("rms_norm_eps", 1e-6),
            AttentionBias = config.Flag("attention_bias", false),
            MlpBias = config.Flag("mlp_bias", false),
            Rotary = RotarySettings.From(config),
        };
        config.ThrowIfUnread();
        if (read.Rotary.Fraction != 1)
        {
            throw config.Unsupported("partial_rotary_factor", $"{read.Rotary.Fraction}: LLaMA turns all channels");
        }

        return read.Heads % read.KeyValueHeads == 0
            ? read
            : throw config.Unsupported(
                "num_key_value_heads", $"{read.KeyValueHeads} does not divide {read.Heads} query heads");
    }
}
