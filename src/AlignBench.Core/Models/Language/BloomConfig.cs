namespace AlignBench.Models.Language;

/// <summary>
/// The shape of a BLOOM decoder, as in its config.json; defaults are those of transformers' BloomConfig.
/// </summary>
public sealed record BloomConfig
{
    public required int Vocabulary { get; init; }

    /// <summary>D.</summary>
    public required int Width { get; init; }

    /// <summary>L.</summary>
    public required int Depth { get; init; }

    /// <summary>H.</summary>
    public required int Heads { get; init; }

    public double LayerNormEpsilon { get; init; } = 1e-5;

    /// <summary>The residual is what comes out of the layer norm, not what goes in.</summary>
    public bool ResidualAfterNorm { get; init; }

    /// <summary>
    /// <c>slow_but_exact</c> with <c>pretraining_tp</c> above 1 makes transformers leave out the biases of
    /// <c>self_attention.dense</c> and <c>mlp.dense_4h_to_h</c>; so does this program.
    /// </summary>
    public bool DropsOutputBias { get; init; }

    /// <summary>From a config.json of model_type bloom, in the spelling of transformers 4 or 5.</summary>
    /// <exception cref="CheckpointException">
    /// A key is unknown, or a value one that is not supported.
    /// </exception>
    public static BloomConfig From(ConfigReader config)
    {
        config.Accept(
            "attention_dropout", "attention_softmax_in_fp32", "bias_dropout_fusion", "hidden_dropout",
            "masked_softmax_fusion", "n_inner", "n_positions", "offset_alibi", "seq_length", "skip_bias_add",
            "skip_bias_add_qkv");
        bool exact = config.Flag("slow_but_exact", false);
        int parallelism = config.CountOrNull("pretraining_tp") ?? 1;
        BloomConfig read = new()
        {
            Vocabulary = config.CountOrNull("vocab_size") ?? 250880,
            Width = config.Count("hidden_size", "n_embed"),
            Depth = config.Count("n_layer", "num_hidden_layers"),
            Heads = config.Count("n_head", "num_attention_heads"),
            LayerNormEpsilon = config.Number("layer_norm_epsilon", 1e-5),
            ResidualAfterNorm = config.Flag("apply_residual_connection_post_layernorm", false),
            DropsOutputBias = exact && parallelism > 1,
        };
        config.ThrowIfUnread();
        return read.Width % read.Heads == 0
            ? read
            : throw config.Unsupported("n_head", $"{read.Heads} heads do not divide width {read.Width}");
    }
}
