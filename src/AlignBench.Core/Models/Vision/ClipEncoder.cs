using AlignBench.Models.Language;
using AlignBench.Nn;
using AlignBench.Nn.Convolutions;
using AlignBench.Nn.Positions;
using AlignBench.Nn.Weights;
using static TorchSharp.torch;

namespace AlignBench.Models.Vision;

/// <summary>
/// The transformers of CLIP (Radford et al. 2021, arXiv:2103.00020). Names and numbers follow transformers'
/// CLIPModel; OpenAI's own names are read as well (<see cref="ClipNames"/>).
/// </summary>
internal static class ClipEncoder
{
    /// <summary>Both sides of a checkpoint.</summary>
    /// <exception cref="CheckpointException">A weight is missing, left over or of another shape.</exception>
    public static Towers Create(ClipConfig config, WeightReader weights)
    {
        if (ClipNames.AreIn(weights))
        {
            weights.Recognize("OpenAI");
            weights.Rename(ClipNames.ToHuggingFace);
        }

        ClipVisionEncoder vision = new(config.Vision, config.Projection, weights);
        ClipTextEncoder text = new(config.Text, config.Projection, weights);
        ThrowIfUnread(weights);
        return new Towers(vision, text);
    }

    /// <summary>A CLIPVisionModel, or one WithProjection.</summary>
    /// <exception cref="CheckpointException">A weight is missing, left over or of another shape.</exception>
    public static IImageEncoder CreateVision(ConfigReader config, WeightReader weights)
    {
        ClipVisionEncoder vision =
            new(ClipVisionConfig.From(config), ClipConfig.OneTowerProjection(config), weights);
        weights.Ignore("text_model.*", "text_projection.weight");     // both towers, saved as one of them
        ThrowIfUnread(weights);
        return vision;
    }

    /// <summary>A CLIPTextModel, or one WithProjection: the text encoders of Stable Diffusion.</summary>
    /// <exception cref="CheckpointException">A weight is missing, left over or of another shape.</exception>
    public static ITextEncoder CreateText(ConfigReader config, WeightReader weights)
    {
        ClipTextEncoder text = new(ClipTextConfig.From(config), ClipConfig.OneTowerProjection(config), weights);
        weights.Ignore("vision_model.*", "visual_projection.weight");
        ThrowIfUnread(weights);
        return text;
    }

    private static void ThrowIfUnread(WeightReader weights)
    {
        // temperature of the training; a buffer
        weights.Ignore("logit_scale", "*.embeddings.position_ids");
        weights.ThrowIfUnread();
    }

    /// <summary>The stack that both sides have.</summary>
    public static BlockList<PreNormBlock> Stack(ClipTowerConfig config, WeightReader weights) =>
        new(weights, config.Depth, (reader, i) => Block(config, reader.Under($"encoder.layers.{i}")));

    /// <summary>
    /// Into the shared space; OpenAI stores the weight as [inputs, outputs], under <paramref name="openAi"/>.
    /// Null if <paramref name="outputs"/> is: the tower has no projection.
    /// </summary>
    public static Linear? Projection(
        WeightReader weights, string name, string openAi, int inputs, int? outputs) =>
        outputs is not int channels ? null
        : weights.Has(openAi) ? Linear.Transposed(weights, openAi, bias: null, inputs, channels)
        : new Linear(weights.Under(name), inputs, channels, bias: false);

    private static PreNormBlock Block(ClipTowerConfig config, WeightReader weights)
    {
        long width = config.Width;
        return new PreNormBlock(
            new LayerNorm(weights.Under("layer_norm1"), width, config.LayerNormEpsilon),
            new SelfAttention(
                Linear.Stacked(
                    weights.Under("self_attn"), ["q_proj", "k_proj", "v_proj"], width, [width, width, width]),
                new Linear(weights.Under("self_attn.out_proj"), width, width),
                AttentionShape.Of(config.Width, config.Heads)),
            new LayerNorm(weights.Under("layer_norm2"), width, config.LayerNormEpsilon),
            new Mlp(
                new Linear(weights.Under("mlp.fc1"), width, config.Hidden),
                Activations.ByName(config.Activation),
                new Linear(weights.Under("mlp.fc2"), config.Hidden, width)));
    }
}

/// <summary>
/// CLIP's image side. Pooled is the class token of the last layer after <c>post_layernorm</c>, which is also
/// what <c>_norm</c> applies; embeds its projection, of unit length. Images of another size than the trained
/// one are encoded as with <c>interpolate_pos_encoding=True</c>.
/// </summary>
internal sealed class ClipVisionEncoder : ImageEncoder
{
    private readonly ImageTokens _embeddings;
    private readonly LayerNorm _inputNorm;
    private readonly BlockList<PreNormBlock> _blocks;

    public ClipVisionEncoder(ClipVisionConfig config, int? projection, WeightReader weights)
        : base(config.Tower.Width)
    {
        WeightReader model = weights.Under("vision_model");
        _embeddings = Embeddings(config, model.Under("embeddings"));
        _inputNorm = new LayerNorm(model.Under("pre_layrnorm"), Width, config.Tower.LayerNormEpsilon);
        _blocks = ClipEncoder.Stack(config.Tower, model);
        LayerNorm norm = new(model.Under("post_layernorm"), Width, config.Tower.LayerNormEpsilon);
        Linear? project = ClipEncoder.Projection(
            weights, "visual_projection", "visual.proj", Width, projection);
        Features = new TokenFeatures
        {
            Depth = config.Tower.Depth,
            FinalNorm = norm.Forward,
            IsOfImages = true,
            FirstPatch = 1,
            Pooled = (tokens, _) => norm.Forward(tokens.select(1, 0)),
            Project = project is null ? null : x => project.Forward(x),
        };
    }

    private protected override TokenFeatures Features { get; }

    internal override IEnumerable<Tensor> HiddenStates(Tensor images, int? classTokenOnlyAt = null) =>
        Blocks.States(
            () => _inputNorm.Forward(_embeddings.Forward(images)),
            _blocks.Steps(
                (block, i, x) => block.Forward(
                    x, AttentionPattern.Everything, queries: classTokenOnlyAt == i + 1 ? 1 : null)));

    private static ImageTokens Embeddings(ClipVisionConfig config, WeightReader weights)
    {
        int width = config.Tower.Width;
        long side = config.ImageSide / config.PatchSide;
        return new ImageTokens(
            weights.Rearrange(weights.Read("class_embedding", width), stored => stored.reshape(1, 1, width)),
            new PatchEmbedding(
                weights.Under("patch_embedding"), config.Channels, width, config.PatchSide, bias: false),
            new PositionGrid(
                weights.Rearrange(
                    weights.Read("position_embedding.weight", 1 + (side * side), width),
                    stored => stored.unsqueeze(0)),
                (int)side,
                GridResampling.Bicubic));
    }
}

/// <summary>
/// CLIP's text side, which is causal. Pooled is the end token's row of the last layer after
/// <c>final_layer_norm</c>, which is also what <c>_norm</c> applies; embeds its projection, of unit length.
/// </summary>
internal sealed class ClipTextEncoder : TextEncoder
{
    /// <summary>OpenAI's configs say this, whatever the vocabulary's end token is.</summary>
    private const int LegacyEndToken = 2;

    private readonly ClipTextConfig _config;
    private readonly Embedding _words;
    private readonly Embedding _positions;
    private readonly BlockList<PreNormBlock> _blocks;

    public ClipTextEncoder(ClipTextConfig config, int? projection, WeightReader weights)
        : base(config.Tower.Width)
    {
        WeightReader model = weights.Under("text_model");
        _config = config;
        _words = new Embedding(model.Under("embeddings.token_embedding"), config.Vocabulary, Width);
        _positions = new Embedding(model.Under("embeddings.position_embedding"), config.Positions, Width);
        _blocks = ClipEncoder.Stack(config.Tower, model);
        LayerNorm norm = new(model.Under("final_layer_norm"), Width, config.Tower.LayerNormEpsilon);
        Linear? project = ClipEncoder.Projection(
            weights, "text_projection", "text_projection", Width, projection);
        Features = new TokenFeatures
        {
            Depth = config.Tower.Depth,
            FinalNorm = norm.Forward,
            Pooled = (tokens, texts) => norm.Forward(
                TokenPooling.At(tokens, texts!, [.. texts!.ToArrays().Select(EndOf)])),
            Project = project is null ? null : x => project.Forward(x),
        };
    }

    private protected override TokenFeatures Features { get; }

    internal override IEnumerable<Tensor> HiddenStates(Texts texts)
    {
        texts.ThrowIfUnfit(_config.Positions);
        AttentionPattern pattern = texts.Attention(new AttentionPattern { Causal = true });
        return Blocks.States(
            () => _words.Forward(texts.Ids) + _positions.Forward(texts.Positions),
            _blocks.Steps((block, x) => block.Forward(x, pattern)));
    }

    /// <summary>The place of a text's end token.</summary>
    private int EndOf(long[] ids)
    {
        int end = Array.IndexOf(ids, _config.EndToken == LegacyEndToken ? ids.Max() : _config.EndToken);
        return end >= 0
            ? end
            : throw new AlignBenchException(
                $"a text has no end token ({_config.EndToken}), where CLIP takes its feature");
    }
}
