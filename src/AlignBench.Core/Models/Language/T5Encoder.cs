using AlignBench.Nn;
using AlignBench.Nn.Positions;
using AlignBench.Nn.Weights;
using static TorchSharp.torch;

namespace AlignBench.Models.Language;

/// <summary>The shape of a T5 encoder, as in its config.json; defaults are those of transformers.</summary>
public sealed record T5Config
{
    public required int Vocabulary { get; init; }

    /// <summary>D.</summary>
    public required int Width { get; init; }

    /// <summary>L.</summary>
    public required int Depth { get; init; }

    /// <summary>H.</summary>
    public required int Heads { get; init; }

    /// <summary>C; need not be D / H.</summary>
    public required int HeadWidth { get; init; }

    /// <summary>Channels between the two layers of the feed-forward.</summary>
    public required int Hidden { get; init; }

    /// <summary>Of relative distances.</summary>
    public int Buckets { get; init; } = 32;

    /// <summary>From which all distances are one bucket.</summary>
    public int LongestDistance { get; init; } = 128;

    public double NormEpsilon { get; init; } = 1e-6;

    /// <summary>A gate in the feed-forward (T5 1.1).</summary>
    public bool Gated { get; init; }

    public string Activation { get; init; } = "relu";

    /// <summary>From a config.json of model_type t5.</summary>
    /// <exception cref="CheckpointException">
    /// A key is unknown, or a value one that is not supported.
    /// </exception>
    public static T5Config From(ConfigReader config)
    {
        // is_gated_act and dense_act_fn repeat feed_forward_proj; the others are the decoder's, or
        // training's.
        config.Accept(
            "decoder_layers", "dense_act_fn", "dropout_rate", "initializer_factor", "is_gated_act",
            "n_positions",
            "num_decoder_layers", "scale_decoder_outputs");
        string projection = config.Text("feed_forward_proj", "relu");
        bool gated = projection.StartsWith("gated-", StringComparison.Ordinal);
        string activation = projection == "gated-gelu"
            ? "gelu_new"
            : projection[(gated ? "gated-".Length : 0)..];
        if (!Activations.Names.Contains(activation))
        {
            throw config.Unsupported("feed_forward_proj", $"{projection} is not supported");
        }

        T5Config read = new()
        {
            Vocabulary = config.CountOrNull("vocab_size") ?? 32128,
            Width = config.CountOrNull("d_model", "hidden_size") ?? 512,
            Depth = config.CountOrNull("num_layers", "num_hidden_layers") ?? 6,
            Heads = config.CountOrNull("num_heads", "num_attention_heads") ?? 8,
            HeadWidth = config.CountOrNull("d_kv", "head_dim") ?? 64,
            Hidden = config.CountOrNull("d_ff") ?? 2048,
            Buckets = config.CountOrNull("relative_attention_num_buckets") ?? 32,
            LongestDistance = config.CountOrNull("relative_attention_max_distance") ?? 128,
            NormEpsilon = config.Number("layer_norm_epsilon", 1e-6),
            Gated = gated,
            Activation = activation,
        };
        config.ThrowIfUnread();
        return read;
    }
}

/// <summary>
/// The encoder of T5 (Raffel et al. 2020, arXiv:1910.10683): scores are not scaled, distances have a bias
/// that all layers share. Names and numbers follow transformers' T5EncoderModel. Deviations: none.
/// </summary>
public sealed class T5Encoder : TextEncoder
{
    private readonly Embedding _words;
    private readonly RelativeBias _distances;
    private readonly BlockList<PreNormBlock> _blocks;
    private readonly RmsNorm _norm;

    /// <exception cref="CheckpointException">A weight is missing, left over or of another shape.</exception>
    public T5Encoder(T5Config config, WeightReader weights)
        : base(config.Width)
    {
        WeightReader encoder = weights.Under("encoder");
        WeightReader words = weights.Has("shared.weight")
            ? weights.Under("shared")
            : encoder.Under("embed_tokens");
        _words = new Embedding(words, config.Vocabulary, config.Width);
        _distances = new RelativeBias(
            encoder.Under("block.0.layer.0.SelfAttention.relative_attention_bias"),
            config.Buckets,
            config.Heads,
            config.LongestDistance);
        _blocks = new BlockList<PreNormBlock>(
            encoder,
            config.Depth,
            (reader, i) => Block(config, reader.Under($"block.{i}")));
        _norm = new RmsNorm(encoder.Under("final_layer_norm"), config.Width, config.NormEpsilon);
        encoder.Ignore("embed_tokens.weight");             // the same as shared.weight
        weights.Ignore("decoder.*", "lm_head.weight");     // the other half of the model
        weights.ThrowIfUnread();
        Features = new TokenFeatures { Depth = config.Depth, FinalNorm = _norm.Forward, LastIsNormed = true };
    }

    private protected override TokenFeatures Features { get; }

    internal override IEnumerable<Tensor> HiddenStates(Texts texts)
    {
        texts.ThrowIfUnfit();
        AttentionPattern pattern = texts.Attention(new AttentionPattern { Distances = _distances });
        return Blocks.States(
            () => _words.Forward(texts.Ids),
            _blocks.Steps((block, x) => block.Forward(x, pattern)),
            _norm.Forward);
    }

    private static PreNormBlock Block(T5Config config, WeightReader weights)
    {
        AttentionShape shape = new(config.Heads, config.Heads, config.HeadWidth) { Scale = 1 };
        WeightReader attention = weights.Under("layer.0.SelfAttention");
        return new PreNormBlock(
            new RmsNorm(weights.Under("layer.0.layer_norm"), config.Width, config.NormEpsilon),
            new SelfAttention(
                Linear.Stacked(
                    attention,
                    ["q", "k", "v"],
                    config.Width,
                    [shape.QueryWidth, shape.QueryWidth, shape.QueryWidth],
                    bias: false),
                new Linear(attention.Under("o"), shape.QueryWidth, config.Width, bias: false),
                shape),
            new RmsNorm(weights.Under("layer.1.layer_norm"), config.Width, config.NormEpsilon),
            FeedForward(config, weights.Under("layer.1.DenseReluDense")));
    }

    private static IFeedForward FeedForward(T5Config config, WeightReader weights)
    {
        Linear down = new(weights.Under("wo"), config.Hidden, config.Width, bias: false);
        return config.Gated
            ? new GatedMlp(
                Linear.Stacked(
                    weights, ["wi_0", "wi_1"], config.Width, [config.Hidden, config.Hidden], bias: false),
                Activations.ByName(config.Activation),
                down)
            : new Mlp(
                new Linear(weights.Under("wi"), config.Width, config.Hidden, bias: false),
                Activations.ByName(config.Activation),
                down);
    }
}
