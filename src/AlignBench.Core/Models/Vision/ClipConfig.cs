namespace AlignBench.Models.Vision;

/// <summary>
/// The shape of one of CLIP's towers, as in its config.json; defaults are those of transformers.
/// </summary>
public sealed record ClipTowerConfig
{
    /// <summary>D.</summary>
    public required int Width { get; init; }

    /// <summary>L.</summary>
    public required int Depth { get; init; }

    /// <summary>H.</summary>
    public required int Heads { get; init; }

    /// <summary>Channels between the two layers of the feed-forward.</summary>
    public required int Hidden { get; init; }

    public required string Activation { get; init; }

    public required double LayerNormEpsilon { get; init; }

    internal static ClipTowerConfig Read(ConfigReader config, int width, int heads, int hidden) => new()
    {
        Width = config.CountOrNull("hidden_size") ?? width,
        Depth = config.CountOrNull("num_hidden_layers") ?? 12,
        Heads = config.CountOrNull("num_attention_heads") ?? heads,
        Hidden = config.CountOrNull("intermediate_size") ?? hidden,
        Activation = config.Activation("hidden_act", "quick_gelu"),
        LayerNormEpsilon = config.Number("layer_norm_eps", 1e-5),
    };
}

/// <summary>CLIP's image side.</summary>
/// <param name="Tower">Its transformer.</param>
/// <param name="ImageSide">Pixels along a side of the trained images.</param>
/// <param name="PatchSide">Pixels along a side of a patch.</param>
/// <param name="Channels">Of the images.</param>
public sealed record ClipVisionConfig(ClipTowerConfig Tower, int ImageSide, int PatchSide, int Channels)
{
    /// <summary>From vision_config, or a config.json of model_type clip_vision_model.</summary>
    internal static ClipVisionConfig From(ConfigReader config)
    {
        ClipConfig.AcceptTraining(config);
        ClipVisionConfig read = new(
            ClipTowerConfig.Read(config, width: 768, heads: 12, hidden: 3072),
            config.CountOrNull("image_size") ?? 224,
            config.CountOrNull("patch_size") ?? 32,
            config.CountOrNull("num_channels") ?? 3);
        config.ThrowIfUnread();
        return read;
    }
}

/// <summary>CLIP's text side.</summary>
/// <param name="Tower">Its transformer.</param>
/// <param name="Vocabulary">Token ids.</param>
/// <param name="Positions">Longest text.</param>
/// <param name="EndToken">
/// The token whose row is the text's: its first place. 2, as in OpenAI's configs (whose vocabulary has
/// another token there), means the first place of the highest id.
/// </param>
public sealed record ClipTextConfig(ClipTowerConfig Tower, int Vocabulary, int Positions, int EndToken)
{
    /// <summary>From text_config, or a config.json of model_type clip_text_model.</summary>
    internal static ClipTextConfig From(ConfigReader config)
    {
        ClipConfig.AcceptTraining(config);
        ClipTextConfig read = new(
            ClipTowerConfig.Read(config, width: 512, heads: 8, hidden: 2048),
            config.CountOrNull("vocab_size") ?? 49408,
            config.CountOrNull("max_position_embeddings") ?? 77,
            (int)config.Number("eos_token_id", 49407));
        config.ThrowIfUnread();
        return read;
    }
}

/// <summary>Both sides of CLIP and the space that they share.</summary>
/// <param name="Vision">The image side.</param>
/// <param name="Text">The text side.</param>
/// <param name="Projection">Channels of the shared space.</param>
public sealed record ClipConfig(ClipVisionConfig Vision, ClipTextConfig Text, int Projection)
{
    /// <summary>From a config.json of model_type clip.</summary>
    /// <exception cref="CheckpointException">
    /// A key is unknown, or a value one that is not supported.
    /// </exception>
    public static ClipConfig From(ConfigReader config)
    {
        AcceptTraining(config);
        ConfigReader text = Side(config, "text_config");
        ConfigReader vision = Side(config, "vision_config");
        ClipConfig read = new(
            ClipVisionConfig.From(vision),
            ClipTextConfig.From(text),
            config.CountOrNull("projection_dim") ?? 512);
        config.ThrowIfUnread();
        return read;
    }

    /// <summary>
    /// One side's settings. The first conversions wrote some of them a second time, under <c>..._dict</c>.
    /// </summary>
    private static ConfigReader Side(ConfigReader config, string key)
    {
        ConfigReader side = config.Section(key) ?? throw config.Unsupported(key, "missing key");
        config.Section($"{key}_dict")?.ThrowIfContradicts(side);
        return side;
    }

    /// <summary>Channels of the shared space of a tower on its own; null if it has no projection into it.</summary>
    internal static int? OneTowerProjection(ConfigReader config) =>
        config.Architecture.EndsWith("WithProjection", StringComparison.Ordinal)
            ? config.CountOrNull("projection_dim") ?? 512
            : null;

    internal static void AcceptTraining(ConfigReader config) => config.Accept(
        "attention_dropout", "dropout", "initializer_factor", "logit_scale_init_value", "projection_dim");
}
