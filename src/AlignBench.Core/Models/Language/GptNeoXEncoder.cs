using AlignBench.Nn;
using AlignBench.Nn.Positions;
using AlignBench.Nn.Weights;
using static TorchSharp.torch;

namespace AlignBench.Models.Language;

/// <summary>
/// The shape of a GPT-NeoX decoder, as in its config.json; defaults are those of transformers.
/// </summary>
public sealed record GptNeoXConfig
{
    public required int Vocabulary { get; init; }

    /// <summary>D.</summary>
    public required int Width { get; init; }

    /// <summary>L.</summary>
    public required int Depth { get; init; }

    /// <summary>H.</summary>
    public required int Heads { get; init; }

    /// <summary>Channels between the two layers of the feed-forward.</summary>
    public required int Hidden { get; init; }

    public required RotarySettings Rotary { get; init; }

    public string Activation { get; init; } = "gelu";

    public double LayerNormEpsilon { get; init; } = 1e-5;

    /// <summary>Attention and feed-forward start from the same tokens.</summary>
    public bool Parallel { get; init; } = true;

    public bool AttentionBias { get; init; } = true;

    /// <summary>From a config.json of model_type gpt_neox, in the spelling of transformers 4 or 5.</summary>
    /// <exception cref="CheckpointException">
    /// A key is unknown, or a value one that is not supported.
    /// </exception>
    public static GptNeoXConfig From(ConfigReader config)
    {
        config.Accept("attention_dropout", "hidden_dropout", "max_position_embeddings");
        GptNeoXConfig read = new()
        {
            Vocabulary = config.CountOrNull("vocab_size") ?? 50432,
            Width = config.CountOrNull("hidden_size") ?? 6144,
            Depth = config.CountOrNull("num_hidden_layers") ?? 44,
            Heads = config.CountOrNull("num_attention_heads") ?? 64,
            Hidden = config.CountOrNull("intermediate_size") ?? 24576,
            Activation = config.Activation("hidden_act", "gelu"),
            LayerNormEpsilon = config.Number("layer_norm_eps", 1e-5),
            Parallel = config.Flag("use_parallel_residual", true),
            AttentionBias = config.Flag("attention_bias", true),
            Rotary = RotarySettings.From(config, 10000, 0.25, "rotary_emb_base", "rotary_pct"),
        };
        config.ThrowIfUnread();
        return read;
    }
}

/// <summary>
/// GPT-NeoX (Black et al. 2022, arXiv:2204.06745) and Pythia: part of each head is turned, attention and
/// feed-forward run side by side. Names and numbers follow transformers' GPTNeoXModel. Deviations: none.
/// </summary>
public sealed class GptNeoXEncoder : TextEncoder
{
    private readonly Embedding _words;
    private readonly BlockList<IBlock> _blocks;
    private readonly LayerNorm _norm;
    private readonly Rotary _rotary;

    /// <exception cref="CheckpointException">A weight is missing, left over or of another shape.</exception>
    public GptNeoXEncoder(GptNeoXConfig config, WeightReader weights)
        : base(config.Width)
    {
        WeightReader model = weights.UnderIfPresent("gpt_neox");
        _words = new Embedding(model.Under("embed_in"), config.Vocabulary, config.Width);
        _blocks = new BlockList<IBlock>(
            model,
            config.Depth,
            (reader, i) => Block(config, reader.Under($"layers.{i}")));
        _norm = new LayerNorm(model.Under("final_layer_norm"), config.Width, config.LayerNormEpsilon);
        model.Ignore(                                    // buffers
            "layers.*.attention.bias", "layers.*.attention.masked_bias",
            "layers.*.attention.rotary_emb.inv_freq");
        weights.Ignore("embed_out.weight");              // predicts tokens
        weights.ThrowIfUnread();
        int turned = config.Rotary.WidthOf(config.Width / config.Heads);
        _rotary = new Rotary(turned, config.Rotary.Theta, config.Rotary.Scaling, weights.Device);
        Features = new TokenFeatures { Depth = config.Depth, FinalNorm = _norm.Forward, LastIsNormed = true };
    }

    private protected override TokenFeatures Features { get; }

    internal override IEnumerable<Tensor> HiddenStates(Texts texts)
    {
        texts.ThrowIfUnfit();
        AttentionPattern pattern = texts.Attention(new AttentionPattern { Causal = true });
        RotaryAngles angles = _rotary.At(texts.Positions);
        return Blocks.States(
            () => _words.Forward(texts.Ids),
            _blocks.Steps((block, x) => block.Forward(x, pattern, angles)),
            _norm.Forward);
    }

    private static IBlock Block(GptNeoXConfig config, WeightReader weights)
    {
        int width = config.Width;
        LayerNorm norm1 = new(weights.Under("input_layernorm"), width, config.LayerNormEpsilon);
        SelfAttention attention = new(
            Linear.Interleaved(
                weights.Under("attention.query_key_value"), width, config.Heads, config.AttentionBias),
            new Linear(weights.Under("attention.dense"), width, width, config.AttentionBias),
            AttentionShape.Of(width, config.Heads));
        LayerNorm norm2 = new(weights.Under("post_attention_layernorm"), width, config.LayerNormEpsilon);
        Mlp mlp = new(
            new Linear(weights.Under("mlp.dense_h_to_4h"), width, config.Hidden),
            Activations.ByName(config.Activation),
            new Linear(weights.Under("mlp.dense_4h_to_h"), config.Hidden, width));
        return config.Parallel
            ? new ParallelBlock(norm1, attention, norm2, mlp)
            : new PreNormBlock(norm1, attention, norm2, mlp);
    }
}
