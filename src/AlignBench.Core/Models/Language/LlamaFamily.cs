namespace AlignBench.Models.Language;

/// <summary>
/// Reads the config.json of LLaMA and the models that vary it, in the spelling of transformers 4 or 5.
/// Defaults are those of transformers' configuration classes.
/// </summary>
public static class LlamaFamily
{
    /// <summary>LLaMA and OpenLLaMA.</summary>
    /// <exception cref="CheckpointException">
    /// A key is unknown, or a value one that is not supported.
    /// </exception>
    public static LlamaConfig Llama(ConfigReader config) => Finish(config, Read(config) with
    {
        NormEpsilon = config.Number("rms_norm_eps", 1e-6),
        QueryKeyValueBias = config.Flag("attention_bias", false),
        OutputBias = config.Flag("attention_bias", false),
        MlpBias = config.Flag("mlp_bias", false),
    });

    /// <summary>Mistral: a window of attention, 4096 if the config does not say; null for none.</summary>
    /// <inheritdoc cref="Llama"/>
    public static LlamaConfig Mistral(ConfigReader config) =>
        Finish(config, Read(config, hidden: 14336, keyValueHeads: 8) with
        {
            NormEpsilon = config.Number("rms_norm_eps", 1e-6),
            Window = config.IsNull("sliding_window") ? null : config.CountOrNull("sliding_window") ?? 4096,
        });

    /// <summary>Mixtral.</summary>
    /// <inheritdoc cref="Llama"/>
    public static LlamaConfig Mixtral(ConfigReader config)
    {
        config.Accept("output_router_logits", "router_aux_loss_coef", "router_jitter_noise");
        return Finish(config, Read(config, hidden: 14336, keyValueHeads: 8, theta: 1e6) with
        {
            NormEpsilon = config.Number("rms_norm_eps", 1e-5),
            Window = config.CountOrNull("sliding_window"),
            Experts = config.CountOrNull("num_local_experts") ?? 8,
            ActiveExperts = config.CountOrNull("num_experts_per_tok") ?? 2,
        });
    }

    /// <summary>
    /// Gemma. The first releases say <c>gelu</c> and mean its tanh form, as transformers does.
    /// </summary>
    /// <inheritdoc cref="Llama"/>
    public static LlamaConfig Gemma(ConfigReader config)
    {
        config.Require("attention_bias", "false");
        config.Require("use_bidirectional_attention", "false");
        string activation = config.TextOrNull("hidden_activation")
            ?? config.Text("hidden_act", "gelu_pytorch_tanh");
        config.Accept("hidden_act");
        if (activation is not ("gelu" or "gelu_pytorch_tanh"))
        {
            throw config.Unsupported("hidden_act", $"{activation} is not Gemma's");
        }

        int width = config.CountOrNull("hidden_size") ?? 3072;
        LlamaConfig read = Read(config, 256000, 3072, hidden: 24576, depth: 28, heads: 16, headWidth: 256);
        return Finish(config, read with
        {
            Activation = "gelu_pytorch_tanh",
            Norm = LlamaNorm.RmsAddOne,
            NormEpsilon = config.Number("rms_norm_eps", 1e-6),
            EmbeddingScale = Math.Sqrt(width),
        });
    }

    /// <summary>Qwen2 without its optional window.</summary>
    /// <inheritdoc cref="Llama"/>
    public static LlamaConfig Qwen2(ConfigReader config)
    {
        config.Require("use_sliding_window", "false");
        config.Require("use_mrope", "false");
        config.Accept("sliding_window", "max_window_layers");
        if (config.Texts("layer_types")?.FirstOrDefault(type => type != "full_attention") is string other)
        {
            throw config.Unsupported("layer_types", $"{other}: only full_attention is supported");
        }

        return Finish(config, Read(config, 151936, hidden: 22016, keyValueHeads: 32) with
        {
            NormEpsilon = config.Number("rms_norm_eps", 1e-6),
            QueryKeyValueBias = true,
        });
    }

    /// <summary>OLMo.</summary>
    /// <inheritdoc cref="Llama"/>
    public static LlamaConfig Olmo(ConfigReader config) => Finish(config, Read(config, 50304) with
    {
        Norm = LlamaNorm.LayerWithoutWeights,
        NormEpsilon = 1e-5,
        QueryKeyValueBias = config.Flag("attention_bias", false),
        OutputBias = config.Flag("attention_bias", false),
        Clip = config.NumberOrNull("clip_qkv"),
    });

    /// <summary>OLMo 2.</summary>
    /// <inheritdoc cref="Llama"/>
    public static LlamaConfig Olmo2(ConfigReader config) => Finish(config, Read(config, 50304) with
    {
        NormEpsilon = config.Number("rms_norm_eps", 1e-5),
        QueryKeyValueBias = config.Flag("attention_bias", false),
        OutputBias = config.Flag("attention_bias", false),
        NormsBranches = true,
    });

    private static LlamaConfig Read(
        ConfigReader config,
        int vocabulary = 32000,
        int width = 4096,
        int hidden = 11008,
        int depth = 32,
        int heads = 32,
        int? keyValueHeads = null,
        int? headWidth = null,
        double theta = 10000)
    {
        // max_position_embeddings bounds nothing here, and pretraining_tp cuts products into equal parts.
        config.Accept(
            "attention_dropout", "max_position_embeddings", "max_sequence_length", "pretraining_tp");
        width = config.CountOrNull("hidden_size") ?? width;
        heads = config.CountOrNull("num_attention_heads") ?? heads;
        return new LlamaConfig
        {
            Vocabulary = config.CountOrNull("vocab_size") ?? vocabulary,
            Width = width,
            Depth = config.CountOrNull("num_hidden_layers") ?? depth,
            Heads = heads,
            KeyValueHeads = config.CountOrNull("num_key_value_heads") ?? keyValueHeads ?? heads,
            HeadWidth = config.CountOrNull("head_dim") ?? headWidth ?? width / heads,
            Hidden = config.CountOrNull("intermediate_size") ?? hidden,
            Rotary = RotarySettings.From(config, theta),
        };
    }

    private static LlamaConfig Finish(ConfigReader config, LlamaConfig read)
    {
        if (read.Norm != LlamaNorm.RmsAddOne)
        {
            read = read with { Activation = config.Activation("hidden_act", "silu") };
        }

        config.ThrowIfUnread();
        if (read.Rotary.Fraction != 1)
        {
            throw config.Unsupported(
                "partial_rotary_factor", $"{read.Rotary.Fraction}: this family turns all channels");
        }

        return read.Heads % read.KeyValueHeads == 0
            ? read
            : throw config.Unsupported(
                "num_key_value_heads", $"{read.KeyValueHeads} does not divide {read.Heads} query heads");
    }
}
