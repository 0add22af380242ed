using AlignBench.Nn.Positions;

namespace AlignBench.Models.Vision;

/// <summary>
/// The shape of a DINOv2 encoder, as in its config.json. Image and patch sides are in pixels; defaults are
/// those of transformers' Dinov2Config and Dinov2WithRegistersConfig.
/// </summary>
public sealed record Dinov2Config
{
    /// <summary>D.</summary>
    public required int Width { get; init; }

    /// <summary>L.</summary>
    public required int Depth { get; init; }

    /// <summary>H.</summary>
    public required int Heads { get; init; }

    /// <summary>Side of the images that the position grid was trained for.</summary>
    public required int ImageSide { get; init; }

    public required int PatchSide { get; init; }

    public int Channels { get; init; } = 3;

    /// <summary>
    /// Register tokens (Darcet et al. 2023, arXiv:2309.16588); null for the models without.
    /// </summary>
    public int? Registers { get; init; }

    public double MlpRatio { get; init; } = 4;

    /// <summary>Of the plain feed-forward; SwiGLU's is SiLU always.</summary>
    public string Activation { get; init; } = "gelu";

    public double LayerNormEpsilon { get; init; } = 1e-6;

    public bool QueryKeyValueBias { get; init; } = true;

    /// <summary>SwiGLU instead of the plain feed-forward (the giant).</summary>
    public bool SwiGlu { get; init; }

    /// <summary>How the trained positions are fitted to other grids.</summary>
    public GridResampling Resampling { get; init; } = GridResampling.Bicubic;

    /// <summary>
    /// The class token is stored with its position added, and the position grid without (timm's register
    /// models).
    /// </summary>
    public bool ClassPositionIsFolded { get; init; }

    /// <summary>Channels between the two layers of the feed-forward.</summary>
    public int Hidden => SwiGlu
        ? ((int)((int)(Width * MlpRatio) * 2 / 3.0) + 7) / 8 * 8
        : (int)(Width * MlpRatio);

    /// <summary>From a config.json of model_type dinov2 or dinov2_with_registers.</summary>
    /// <exception cref="CheckpointException">
    /// A key is unknown, or a value one that is not supported.
    /// </exception>
    public static Dinov2Config From(ConfigReader config)
    {
        bool registers = config.ModelType == "dinov2_with_registers";
        config.Accept(
            "apply_layernorm", "attention_probs_dropout_prob", "drop_path_rate", "hidden_dropout_prob",
            "layerscale_value", "out_features", "out_indices", "reshape_hidden_states", "stage_names",
            "use_mask_token");
        Dinov2Config read = new()
        {
            Width = config.CountOrNull("hidden_size") ?? 768,
            Depth = config.CountOrNull("num_hidden_layers") ?? 12,
            Heads = config.CountOrNull("num_attention_heads") ?? 12,
            ImageSide = config.CountOrNull("image_size") ?? 224,
            PatchSide = config.CountOrNull("patch_size") ?? (registers ? 16 : 14),
            Channels = config.CountOrNull("num_channels") ?? 3,
            Registers = registers ? config.CountOrNull("num_register_tokens") ?? 4 : null,
            MlpRatio = config.Number("mlp_ratio", 4),
            Activation = config.Activation("hidden_act", "gelu"),
            LayerNormEpsilon = config.Number("layer_norm_eps", 1e-6),
            QueryKeyValueBias = config.Flag("qkv_bias", true),
            SwiGlu = config.Flag("use_swiglu_ffn", false),
            Resampling = registers ? GridResampling.BicubicAntialias : GridResampling.Bicubic,
        };
        config.ThrowIfUnread();
        return read.Width % read.Heads == 0
            ? read
            : throw config.Unsupported(
                "num_attention_heads", $"{read.Heads} heads do not divide width {read.Width}");
    }

    /// <summary>
    /// From a config.json with <c>architecture</c> vit_small_patch14_dinov2 and the like, as timm's.
    /// </summary>
    /// <inheritdoc cref="From"/>
    public static Dinov2Config FromTimm(ConfigReader config)
    {
        string name = config.ModelType;
        (int width, int depth, int heads) = name.Split('_')[1] switch
        {
            "small" => (384, 12, 6),
            "base" => (768, 12, 12),
            "large" => (1024, 24, 16),
            _ => (1536, 40, 24),
        };
        config.AcceptPublishing();
        config.ThrowIfUnread();
        return new Dinov2Config
        {
            Width = width,
            Depth = depth,
            Heads = heads,
            ImageSide = 518,
            PatchSide = 14,
            Registers = name.Contains("_reg4_", StringComparison.Ordinal) ? 4 : null,
            SwiGlu = name.Contains("_giant_", StringComparison.Ordinal),
        };
    }
}
