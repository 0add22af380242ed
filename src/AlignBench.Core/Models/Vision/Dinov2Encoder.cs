using AlignBench.Nn;
using AlignBench.Nn.Convolutions;
using AlignBench.Nn.Positions;
using AlignBench.Nn.Weights;
using static TorchSharp.torch;

namespace AlignBench.Models.Vision;

/// <summary>
/// DINOv2 (Oquab et al. 2023, arXiv:2304.07193), with or without registers. Names and numbers follow
/// transformers' Dinov2Model and Dinov2WithRegistersModel; pooled is the class token after the final norm.
/// Deviations: none.
/// </summary>
/// <remarks>B = images, N = tokens (class, registers, patches), D = width.</remarks>
public sealed class Dinov2Encoder : ImageEncoder
{
    private readonly ImageTokens _embeddings;
    private readonly BlockList<PreNormBlock> _blocks;
    private readonly LayerNorm _norm;

    /// <exception cref="CheckpointException">A weight is missing, left over or of another shape.</exception>
    public Dinov2Encoder(Dinov2Config config, WeightReader weights)
        : base(config.Width)
    {
        WeightReader model = weights.UnderIfPresent("dinov2").UnderIfPresent("dinov2_with_registers");
        _embeddings = Embeddings(config, model.Under("embeddings"));
        _blocks = new BlockList<PreNormBlock>(
            model,
            config.Depth,
            (reader, i) => Block(config, reader.Under($"encoder.layer.{i}")));
        _norm = new LayerNorm(model.Under("layernorm"), config.Width, config.LayerNormEpsilon);
        weights.Ignore("classifier.*");            // the head of Dinov2ForImageClassification
        weights.ThrowIfUnread();
        Features = new TokenFeatures
        {
            Depth = config.Depth,
            FinalNorm = _norm.Forward,
            IsOfImages = true,
            FirstPatch = 1 + (config.Registers ?? 0),
            Pooled = (tokens, _) => _norm.Forward(tokens.select(1, 0)),
        };
    }

    /// <summary>
    /// Reads a checkpoint with transformers', the original's or timm's names. Each publisher fits the trained
    /// positions to other grids in its own way; so does the encoder, whose features then are that
    /// publisher's.
    /// </summary>
    /// <exception cref="CheckpointException">A weight is missing, left over or of another shape.</exception>
    public static Dinov2Encoder Create(Dinov2Config config, WeightReader weights)
    {
        Dinov2Naming naming = Dinov2Names.Of(weights);
        if (naming != Dinov2Naming.HuggingFace)
        {
            weights.Recognize(naming == Dinov2Naming.Timm ? "timm" : "facebookresearch");
            weights.Rename(name => Dinov2Names.ToHuggingFace(name, config.SwiGlu));
            bool registers = config.Registers is not null;
            bool timm = naming == Dinov2Naming.Timm;
            config = config with
            {
                Resampling = timm || registers
                    ? GridResampling.BicubicAntialias
                    : GridResampling.BicubicOffset,
                ClassPositionIsFolded = timm && registers,
            };
        }

        return new Dinov2Encoder(config, weights);
    }

    private protected override TokenFeatures Features { get; }

    internal override IEnumerable<Tensor> HiddenStates(Tensor images, int? classTokenOnlyAt = null) =>
        HiddenStates(images, hidden: null, classTokenOnlyAt);

    /// <summary>The same with patches hidden as in pre-training; see
    /// <see cref="ImageTokens.Forward"/>.</summary>
    internal IEnumerable<Tensor> HiddenStates(Tensor images, Tensor? hidden, int? classTokenOnlyAt) =>
        Blocks.States(
            () => _embeddings.Forward(images, hidden),
            _blocks.Steps((block, i, x) => block.Forward(
                x, AttentionPattern.Everything, queries: classTokenOnlyAt == i + 1 ? 1 : null)));

    private static ImageTokens Embeddings(Dinov2Config config, WeightReader weights)
    {
        long side = config.ImageSide / config.PatchSide;
        long positions = side * side;
        Tensor grid = config.ClassPositionIsFolded
            ? weights.Rearrange(
                weights.Read("position_embeddings", 1, positions, config.Width),
                stored => cat([zeros_like(stored.narrow(1, 0, 1)), stored], dim: 1))
            : weights.Read("position_embeddings", 1, 1 + positions, config.Width);
        return new ImageTokens(
            weights.Read("cls_token", 1, 1, config.Width),
            new PatchEmbedding(
                weights.Under("patch_embeddings.projection"),
                config.Channels,
                config.Width,
                config.PatchSide,
                bias: true),
            new PositionGrid(grid, (int)side, config.Resampling),
            config.Registers is int count ? weights.Read("register_tokens", 1, count, config.Width) : null,
            weights.Has("mask_token") ? weights.Read("mask_token", 1, config.Width) : null);
    }

    // A LayerScale behind attention and MLP is folded into their last layers.
    private static PreNormBlock Block(Dinov2Config config, WeightReader weights)
    {
        Tensor scale1 = weights.Read("layer_scale1.lambda1", config.Width);
        Tensor scale2 = weights.Read("layer_scale2.lambda1", config.Width);
        return new PreNormBlock(
            new LayerNorm(weights.Under("norm1"), config.Width, config.LayerNormEpsilon),
            new SelfAttention(
                Linear.Stacked(
                    weights.Under("attention.attention"),
                    ["query", "key", "value"],
                    config.Width,
                    [config.Width, config.Width, config.Width],
                    config.QueryKeyValueBias),
                Linear.Scaled(weights.Under("attention.output.dense"), config.Width, scale1),
                AttentionShape.Of(config.Width, config.Heads)),
            new LayerNorm(weights.Under("norm2"), config.Width, config.LayerNormEpsilon),
            FeedForward(config, weights.Under("mlp"), scale2));
    }

    private static IFeedForward FeedForward(Dinov2Config config, WeightReader weights, Tensor scale) =>
        config.SwiGlu
            ? new GatedMlp(
                new Linear(weights.Under("weights_in"), config.Width, 2 * config.Hidden),
                Activations.Silu,
                Linear.Scaled(weights.Under("weights_out"), config.Hidden, scale))
            : new Mlp(
                new Linear(weights.Under("fc1"), config.Width, config.Hidden),
                Activations.ByName(config.Activation),
                Linear.Scaled(weights.Under("fc2"), config.Hidden, scale));
}
