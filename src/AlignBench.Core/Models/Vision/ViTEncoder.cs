using AlignBench.Nn;
using AlignBench.Nn.Convolutions;
using AlignBench.Nn.Positions;
using AlignBench.Nn.Weights;
using static TorchSharp.torch;

namespace AlignBench.Models.Vision;

/// <summary>The shape of a ViT, as in its config.json; defaults are those of transformers.</summary>
public sealed record ViTConfig
{
    /// <summary>D.</summary>
    public required int Width { get; init; }

    /// <summary>L.</summary>
    public required int Depth { get; init; }

    /// <summary>H.</summary>
    public required int Heads { get; init; }

    /// <summary>Channels between the two layers of the feed-forward.</summary>
    public required int Hidden { get; init; }

    /// <summary>Pixels along a side of the images that the position grid was trained for.</summary>
    public required int ImageSide { get; init; }

    /// <summary>Pixels along a side of a patch.</summary>
    public required int PatchSide { get; init; }

    public int Channels { get; init; } = 3;

    public string Activation { get; init; } = "gelu";

    public double LayerNormEpsilon { get; init; } = 1e-12;

    public bool QueryKeyValueBias { get; init; } = true;

    public int PoolerWidth { get; init; }

    public string PoolerActivation { get; init; } = "tanh";

    /// <summary>From a config.json of model_type vit.</summary>
    /// <exception cref="CheckpointException">
    /// A key is unknown, or a value one that is not supported.
    /// </exception>
    public static ViTConfig From(ConfigReader config)
    {
        config.Accept("attention_probs_dropout_prob", "encoder_stride", "hidden_dropout_prob");
        int width = config.CountOrNull("hidden_size") ?? 768;
        ViTConfig read = new()
        {
            Width = width,
            Depth = config.CountOrNull("num_hidden_layers") ?? 12,
            Heads = config.CountOrNull("num_attention_heads") ?? 12,
            Hidden = config.CountOrNull("intermediate_size") ?? 3072,
            ImageSide = config.CountOrNull("image_size") ?? 224,
            PatchSide = config.CountOrNull("patch_size") ?? 16,
            Channels = config.CountOrNull("num_channels") ?? 3,
            Activation = config.Activation("hidden_act", "gelu"),
            LayerNormEpsilon = config.Number("layer_norm_eps", 1e-12),
            QueryKeyValueBias = config.Flag("qkv_bias", true),
            PoolerWidth = config.CountOrNull("pooler_output_size") ?? width,
            PoolerActivation = config.Activation("pooler_act", "tanh"),
        };
        config.ThrowIfUnread();
        return read;
    }
}

/// <summary>
/// ViT (Dosovitskiy et al. 2021, arXiv:2010.11929). Names and numbers follow transformers' ViTModel; pooled
/// is tanh(dense(class token after the final norm)), where the checkpoint has it. Images of another size than
/// the trained one are encoded as with <c>interpolate_pos_encoding=True</c>.
/// </summary>
public sealed class ViTEncoder : ImageEncoder
{
    private readonly ImageTokens _embeddings;
    private readonly BlockList<PreNormBlock> _blocks;

    /// <exception cref="CheckpointException">A weight is missing, left over or of another shape.</exception>
    public ViTEncoder(ViTConfig config, WeightReader weights)
        : base(config.Width)
    {
        WeightReader model = weights.UnderIfPresent("vit");
        _embeddings = Embeddings(config, model.Under("embeddings"));
        _blocks = new BlockList<PreNormBlock>(
            model,
            config.Depth,
            (reader, i) => Block(config, reader.Under($"encoder.layer.{i}")));
        LayerNorm norm = new(model.Under("layernorm"), config.Width, config.LayerNormEpsilon);
        Linear? pooler = model.Has("pooler.dense.weight")
            ? new Linear(model.Under("pooler.dense"), config.Width, config.PoolerWidth)
            : null;
        Activation poolerActivation = Activations.ByName(config.PoolerActivation);
        model.Ignore("embeddings.mask_token");     // used in pre-training only
        weights.Ignore("classifier.*");            // a head
        weights.ThrowIfUnread();
        Features = new TokenFeatures
        {
            Depth = config.Depth,
            FinalNorm = norm.Forward,
            IsOfImages = true,
            FirstPatch = 1,
            Pooled = pooler is null
                ? null
                : (tokens, _) => poolerActivation.Forward(pooler.Forward(norm.Forward(tokens.select(1, 0)))),
        };
    }

    private protected override TokenFeatures Features { get; }

    internal override IEnumerable<Tensor> HiddenStates(Tensor images, int? classTokenOnlyAt = null) =>
        Blocks.States(
            () => _embeddings.Forward(images),
            _blocks.Steps(
                (block, i, x) => block.Forward(
                    x, AttentionPattern.Everything, queries: classTokenOnlyAt == i + 1 ? 1 : null)));

    private static ImageTokens Embeddings(ViTConfig config, WeightReader weights)
    {
        long side = config.ImageSide / config.PatchSide;
        return new ImageTokens(
            weights.Read("cls_token", 1, 1, config.Width),
            new PatchEmbedding(
                weights.Under("patch_embeddings.projection"),
                config.Channels,
                config.Width,
                config.PatchSide,
                bias: true),
            new PositionGrid(
                weights.Read("position_embeddings", 1, 1 + (side * side), config.Width),
                (int)side,
                GridResampling.Bicubic));
    }

    private static PreNormBlock Block(ViTConfig config, WeightReader weights) => new(
        new LayerNorm(weights.Under("layernorm_before"), config.Width, config.LayerNormEpsilon),
        new SelfAttention(
            Linear.Stacked(
                weights.Under("attention.attention"),
                ["query", "key", "value"],
                config.Width,
                [config.Width, config.Width, config.Width],
                config.QueryKeyValueBias),
            new Linear(weights.Under("attention.output.dense"), config.Width, config.Width),
            AttentionShape.Of(config.Width, config.Heads)),
        new LayerNorm(weights.Under("layernorm_after"), config.Width, config.LayerNormEpsilon),
        new Mlp(
            new Linear(weights.Under("intermediate.dense"), config.Width, config.Hidden),
            Activations.ByName(config.Activation),
            new Linear(weights.Under("output.dense"), config.Hidden, config.Width)));
}
