using AlignBench.Nn;
using AlignBench.Nn.Weights;
using static TorchSharp.torch;

namespace AlignBench.Models.Language;

/// <summary>The shape of an OPT decoder, as in its config.json; defaults are those of transformers.</summary>
public sealed record OptConfig
{
    /// <summary>Not in the config (torch's own default).</summary>
    public const double LayerNormEpsilon = 1e-5;

    /// <summary>Unused rows at the start of the position table, a relic of fairseq.</summary>
    public const int PositionOffset = 2;

    public required int Vocabulary { get; init; }

    /// <summary>D.</summary>
    public required int Width { get; init; }

    /// <summary>L.</summary>
    public required int Depth { get; init; }

    /// <summary>H.</summary>
    public required int Heads { get; init; }

    /// <summary>Channels between the two layers of the feed-forward.</summary>
    public required int Hidden { get; init; }

    /// <summary>Longest text.</summary>
    public required int Positions { get; init; }

    /// <summary>
    /// Channels of the word embedding; where it is not D, projections lead in and out (OPT-350m).
    /// </summary>
    public required int WordWidth { get; init; }

    public string Activation { get; init; } = "relu";

    /// <summary>Norms before attention and feed-forward (all but OPT-350m), not after.</summary>
    public bool NormsFirst { get; init; } = true;

    public bool FinalNorm { get; init; } = true;

    public bool Bias { get; init; } = true;

    /// <summary>Whether norms have weights.</summary>
    public bool NormWeights { get; init; } = true;

    /// <summary>From a config.json of model_type opt.</summary>
    /// <exception cref="CheckpointException">
    /// A key is unknown, or a value one that is not supported.
    /// </exception>
    public static OptConfig From(ConfigReader config)
    {
        config.Accept("activation_dropout", "attention_dropout", "dropout", "init_std", "layerdrop");
        int width = config.CountOrNull("hidden_size") ?? 768;
        bool normsFirst = config.Flag("do_layer_norm_before", true);
        bool removesFinalNorm = config.Flag("_remove_final_layer_norm", false);
        OptConfig read = new()
        {
            Vocabulary = config.CountOrNull("vocab_size") ?? 50272,
            Width = width,
            Depth = config.CountOrNull("num_hidden_layers") ?? 12,
            Heads = config.CountOrNull("num_attention_heads") ?? 12,
            Hidden = config.CountOrNull("ffn_dim") ?? 3072,
            Positions = config.CountOrNull("max_position_embeddings") ?? 2048,
            WordWidth = config.CountOrNull("word_embed_proj_dim") ?? width,
            Activation = config.Activation("activation_function", "relu"),
            NormsFirst = normsFirst,
            FinalNorm = normsFirst && !removesFinalNorm,
            Bias = config.Flag("enable_bias", true),
            NormWeights = config.Flag("layer_norm_elementwise_affine", true),
        };
        config.ThrowIfUnread();
        return read;
    }
}

/// <summary>
/// OPT (Zhang et al. 2022, arXiv:2205.01068). Names and numbers follow transformers' OPTModel: the last
/// hidden state is the one after final norm and projection, so OPT-350m's is narrower than the others.
/// Deviations: none.
/// </summary>
public sealed class OptEncoder : TextEncoder
{
    private readonly OptConfig _config;
    private readonly Embedding _words;
    private readonly Embedding _positions;
    private readonly Linear? _projectIn;
    private readonly Linear? _projectOut;
    private readonly BlockList<IBlock> _blocks;
    private readonly LayerNorm? _norm;

    /// <exception cref="CheckpointException">A weight is missing, left over or of another shape.</exception>
    public OptEncoder(OptConfig config, WeightReader weights)
        : base(config.Width)
    {
        WeightReader model = weights.UnderIfPresent("model").Under("decoder");
        bool projects = config.WordWidth != config.Width;
        _config = config;
        _words = new Embedding(model.Under("embed_tokens"), config.Vocabulary, config.WordWidth);
        _positions = new Embedding(
            model.Under("embed_positions"), config.Positions + OptConfig.PositionOffset, config.Width);
        _projectIn = projects
            ? new Linear(model.Under("project_in"), config.WordWidth, config.Width, bias: false)
            : null;
        _blocks = new BlockList<IBlock>(
            model,
            config.Depth,
            (reader, i) => Block(config, reader.Under($"layers.{i}")));
        _norm = config.FinalNorm ? Norm(config, model.Under("final_layer_norm")) : null;
        _projectOut = projects
            ? new Linear(model.Under("project_out"), config.Width, config.WordWidth, bias: false)
            : null;
        weights.Ignore("lm_head.weight");          // predicts tokens
        weights.ThrowIfUnread();
        Features = new TokenFeatures
        {
            Depth = config.Depth,
            FinalNorm = _norm is null ? null : _norm.Forward,
            LastIsNormed = true,
        };
    }

    private protected override TokenFeatures Features { get; }

    internal override IEnumerable<Tensor> HiddenStates(Texts texts)
    {
        texts.ThrowIfUnfit(_config.Positions);
        AttentionPattern pattern = texts.Attention(new AttentionPattern { Causal = true });
        return Blocks.States(
            () => Embed(texts),
            _blocks.Steps((block, x) => block.Forward(x, pattern)),
            Finish);
    }

    private Tensor Embed(Texts texts)
    {
        // padding has row 1
        Tensor positions = texts.PositionsFromMask.add(OptConfig.PositionOffset);
        Tensor words = _words.Forward(texts.Ids);
        return (_projectIn?.Forward(words) ?? words) + _positions.Forward(positions);
    }

    private Tensor Finish(Tensor x)
    {
        x = _norm?.Forward(x) ?? x;
        return _projectOut?.Forward(x) ?? x.alias();
    }

    private static LayerNorm Norm(OptConfig config, WeightReader weights) => config.NormWeights
        ? new LayerNorm(weights, config.Width, OptConfig.LayerNormEpsilon)
        : new LayerNorm(config.Width, OptConfig.LayerNormEpsilon);

    private static IBlock Block(OptConfig config, WeightReader weights)
    {
        long width = config.Width;
        SelfAttention attention = new(
            Linear.Stacked(
                weights.Under("self_attn"),
                ["q_proj", "k_proj", "v_proj"],
                width,
                [width, width, width],
                config.Bias),
            new Linear(weights.Under("self_attn.out_proj"), width, width, config.Bias),
            AttentionShape.Of(config.Width, config.Heads));
        Mlp mlp = new(
            new Linear(weights.Under("fc1"), width, config.Hidden, config.Bias),
            Activations.ByName(config.Activation),
            new Linear(weights.Under("fc2"), config.Hidden, width, config.Bias));
        LayerNorm norm1 = Norm(config, weights.Under("self_attn_layer_norm"));
        LayerNorm norm2 = Norm(config, weights.Under("final_layer_norm"));
        return config.NormsFirst
            ? new PreNormBlock(norm1, attention, norm2, mlp)
            : new PostNormBlock(attention, norm1, mlp, norm2);
    }
}
