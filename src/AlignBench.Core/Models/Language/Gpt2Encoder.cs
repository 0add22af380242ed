using AlignBench.Nn;
using AlignBench.Nn.Weights;
using static TorchSharp.torch;

namespace AlignBench.Models.Language;

/// <summary>
/// The shape of a GPT-2 decoder, as in its config.json; defaults are those of transformers.
/// </summary>
public sealed record Gpt2Config
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

    /// <summary>Rows of the position table.</summary>
    public required int Positions { get; init; }

    public string Activation { get; init; } = "gelu_new";

    public double LayerNormEpsilon { get; init; } = 1e-5;

    /// <summary>Whether q·k is divided by the square root of the head's width.</summary>
    public bool ScalesScores { get; init; } = true;

    /// <summary>Whether it is divided by the block's number (from 1) too.</summary>
    public bool ScalesScoresByLayer { get; init; }

    /// <summary>From a config.json of model_type gpt2.</summary>
    /// <exception cref="CheckpointException">
    /// A key is unknown, or a value one that is not supported.
    /// </exception>
    public static Gpt2Config From(ConfigReader config)
    {
        // reorder_and_upcast_attn is about half precision; n_ctx is an old double of n_positions.
        config.Accept(
            "attn_pdrop", "embd_pdrop", "n_ctx", "reorder_and_upcast_attn", "resid_pdrop",
            "summary_activation",
            "summary_first_dropout", "summary_proj_to_labels", "summary_type", "summary_use_proj");
        int width = config.CountOrNull("n_embd", "hidden_size") ?? 768;
        Gpt2Config read = new()
        {
            Vocabulary = config.CountOrNull("vocab_size") ?? 50257,
            Width = width,
            Depth = config.CountOrNull("n_layer", "num_hidden_layers") ?? 12,
            Heads = config.CountOrNull("n_head", "num_attention_heads") ?? 12,
            Hidden = config.CountOrNull("n_inner") ?? 4 * width,
            Positions = config.CountOrNull("n_positions", "max_position_embeddings") ?? 1024,
            Activation = config.Activation("activation_function", "gelu_new"),
            LayerNormEpsilon = config.Number("layer_norm_epsilon", 1e-5),
            ScalesScores = config.Flag("scale_attn_weights", true),
            ScalesScoresByLayer = config.Flag("scale_attn_by_inverse_layer_idx", false),
        };
        config.ThrowIfUnread();
        return read;
    }
}

/// <summary>
/// GPT-2 (Radford et al. 2019), whose weights are stored as [inputs, outputs]. Names and numbers follow
/// transformers' GPT2Model. Deviations: none.
/// </summary>
public sealed class Gpt2Encoder : TextEncoder
{
    private readonly Gpt2Config _config;
    private readonly Embedding _words;
    private readonly Embedding _positions;
    private readonly BlockList<PreNormBlock> _blocks;
    private readonly LayerNorm _norm;

    /// <exception cref="CheckpointException">A weight is missing, left over or of another shape.</exception>
    public Gpt2Encoder(Gpt2Config config, WeightReader weights)
        : base(config.Width)
    {
        WeightReader model = weights.UnderIfPresent("transformer");
        _config = config;
        _words = new Embedding(model.Under("wte"), config.Vocabulary, config.Width);
        _positions = new Embedding(model.Under("wpe"), config.Positions, config.Width);
        _blocks = new BlockList<PreNormBlock>(
            model,
            config.Depth,
            (reader, i) => Block(config, i, reader.Under($"h.{i}")));
        _norm = new LayerNorm(model.Under("ln_f"), config.Width, config.LayerNormEpsilon);
        model.Ignore("h.*.attn.bias", "h.*.attn.masked_bias");       // buffers of the causal mask
        weights.Ignore("lm_head.weight", "score.weight");            // heads
        weights.ThrowIfUnread();
        Features = new TokenFeatures { Depth = config.Depth, FinalNorm = _norm.Forward, LastIsNormed = true };
    }

    private protected override TokenFeatures Features { get; }

    internal override IEnumerable<Tensor> HiddenStates(Texts texts) => HiddenStates(texts, texts.Positions);

    /// <summary>
    /// The same with other positions than 0, 1, 2, ..., for which padding counts too: [B or 1, N].
    /// </summary>
    internal IEnumerable<Tensor> HiddenStates(Texts texts, Tensor positions)
    {
        texts.ThrowIfUnfit(_config.Positions);
        AttentionPattern pattern = texts.Attention(new AttentionPattern { Causal = true });
        return Blocks.States(
            () => _words.Forward(texts.Ids) + _positions.Forward(positions),
            _blocks.Steps((block, x) => block.Forward(x, pattern)),
            _norm.Forward);
    }

    private static PreNormBlock Block(Gpt2Config config, int index, WeightReader weights)
    {
        int width = config.Width;
        AttentionShape shape = AttentionShape.Of(width, config.Heads);
        double scale = config.ScalesScores ? shape.Scale : 1;
        return new PreNormBlock(
            new LayerNorm(weights.Under("ln_1"), width, config.LayerNormEpsilon),
            new SelfAttention(
                Layer(weights.Under("attn.c_attn"), width, 3L * width),
                Layer(weights.Under("attn.c_proj"), width, width),
                shape with { Scale = config.ScalesScoresByLayer ? scale / (index + 1) : scale }),
            new LayerNorm(weights.Under("ln_2"), width, config.LayerNormEpsilon),
            new Mlp(
                Layer(weights.Under("mlp.c_fc"), width, config.Hidden),
                Activations.ByName(config.Activation),
                Layer(weights.Under("mlp.c_proj"), config.Hidden, width)));
    }

    private static Linear Layer(WeightReader weights, long inputs, long outputs) =>
        Linear.Transposed(weights, "weight", "bias", inputs, outputs);
}
