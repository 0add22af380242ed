using AlignBench.Nn;
using AlignBench.Nn.Weights;
using static TorchSharp.torch;

namespace AlignBench.Models.Language;

/// <summary>The shape of a BERT-like encoder, as in its config.json.</summary>
public sealed record BertConfig
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

    /// <summary>Rows of the token type table; all tokens have type 0.</summary>
    public int TokenTypes { get; init; } = 2;

    public string Activation { get; init; } = "gelu";

    public double LayerNormEpsilon { get; init; } = 1e-12;

    /// <summary>
    /// RoBERTa: positions count from the one behind this id, which padding has; null: from 0.
    /// </summary>
    public int? Padding { get; init; }

    /// <summary>
    /// From a config.json of model_type bert or roberta; defaults are those of transformers.
    /// </summary>
    /// <exception cref="CheckpointException">
    /// A key is unknown, or a value one that is not supported.
    /// </exception>
    public static BertConfig From(ConfigReader config)
    {
        bool roberta = config.ModelType == "roberta";
        config.Accept(
            "attention_probs_dropout_prob", "directionality", "hidden_dropout_prob", "pooler_fc_size",
            "pooler_num_attention_heads", "pooler_num_fc_layers", "pooler_size_per_head", "pooler_type");
        config.Require("position_embedding_type", "\"absolute\"");
        BertConfig read = new()
        {
            Vocabulary = config.CountOrNull("vocab_size") ?? (roberta ? 50265 : 30522),
            Width = config.CountOrNull("hidden_size") ?? 768,
            Depth = config.CountOrNull("num_hidden_layers") ?? 12,
            Heads = config.CountOrNull("num_attention_heads") ?? 12,
            Hidden = config.CountOrNull("intermediate_size") ?? 3072,
            Positions = config.CountOrNull("max_position_embeddings") ?? 512,
            TokenTypes = config.CountOrNull("type_vocab_size") ?? 2,
            Activation = config.Activation("hidden_act", "gelu"),
            LayerNormEpsilon = config.Number("layer_norm_eps", 1e-12),
            Padding = roberta ? (int)config.Number("pad_token_id", 1) : null,
        };
        config.ThrowIfUnread();
        return read;
    }
}

/// <summary>
/// BERT (Devlin et al. 2019, arXiv:1810.04805) and RoBERTa (Liu et al. 2019, arXiv:1907.11692). Names and
/// numbers follow transformers' BertModel and RobertaModel; pooled is tanh(dense(first token)), where the
/// checkpoint has it. Deviations: none.
/// </summary>
/// <remarks>B = texts, N = tokens, D = width.</remarks>
public sealed class BertEncoder : TextEncoder
{
    private readonly BertConfig _config;
    private readonly Embedding _words;
    private readonly Embedding _positions;
    private readonly Embedding _types;
    private readonly LayerNorm _norm;
    private readonly BlockList<PostNormBlock> _blocks;

    /// <exception cref="CheckpointException">A weight is missing, left over or of another shape.</exception>
    public BertEncoder(BertConfig config, WeightReader weights)
        : base(config.Width)
    {
        WeightReader model = weights.UnderIfPresent("bert").UnderIfPresent("roberta");
        WeightReader embeddings = model.Under("embeddings");
        _config = config;
        _words = new Embedding(embeddings.Under("word_embeddings"), config.Vocabulary, config.Width);
        _positions = new Embedding(embeddings.Under("position_embeddings"), config.Positions, config.Width);
        _types = new Embedding(embeddings.Under("token_type_embeddings"), config.TokenTypes, config.Width);
        _norm = new LayerNorm(embeddings.Under("LayerNorm"), config.Width, config.LayerNormEpsilon);
        _blocks = new BlockList<PostNormBlock>(
            model,
            config.Depth,
            (reader, i) => Block(config, reader.Under($"encoder.layer.{i}")));
        Linear? pooler = model.Has("pooler.dense.weight")
            ? new Linear(model.Under("pooler.dense"), config.Width, config.Width)
            : null;
        // buffers: 0, 1, 2, ... and 0, 0, 0, ...
        embeddings.Ignore("position_ids", "token_type_ids");
        weights.Ignore("cls.*", "classifier.*", "lm_head.*", "qa_outputs.*");  // heads
        weights.ThrowIfUnread();
        Features = new TokenFeatures
        {
            Depth = config.Depth,
            Pooled = pooler is null
                ? null
                : (tokens, texts) => pooler.Forward(TokenPooling.First(tokens, texts)).tanh(),
        };
    }

    private protected override TokenFeatures Features { get; }

    internal override IEnumerable<Tensor> HiddenStates(Texts texts) =>
        HiddenStates(texts, zeros_like(texts.Ids));

    /// <summary>The same with token types [B, N].</summary>
    internal IEnumerable<Tensor> HiddenStates(Texts texts, Tensor types)
    {
        texts.ThrowIfUnfit(
            _config.Padding is int padding ? _config.Positions - padding - 1 : _config.Positions);
        AttentionPattern pattern = texts.Attention(AttentionPattern.Everything);
        return Blocks.States(
            () => _norm.Forward(
                _words.Forward(texts.Ids) + _types.Forward(types) + _positions.Forward(Positions(texts))),
            _blocks.Steps((block, x) => block.Forward(x, pattern)));
    }

    private Tensor Positions(Texts texts) =>
        _config.Padding is int padding ? texts.PositionsFromIds(padding) : texts.Positions;

    private static PostNormBlock Block(BertConfig config, WeightReader weights) => new(
        new SelfAttention(
            Linear.Stacked(
                weights.Under("attention.self"),
                ["query", "key", "value"],
                config.Width,
                [config.Width, config.Width, config.Width]),
            new Linear(weights.Under("attention.output.dense"), config.Width, config.Width),
            AttentionShape.Of(config.Width, config.Heads)),
        new LayerNorm(weights.Under("attention.output.LayerNorm"), config.Width, config.LayerNormEpsilon),
        new Mlp(
            new Linear(weights.Under("intermediate.dense"), config.Width, config.Hidden),
            Activations.ByName(config.Activation),
            new Linear(weights.Under("output.dense"), config.Hidden, config.Width)),
        new LayerNorm(weights.Under("output.LayerNorm"), config.Width, config.LayerNormEpsilon));
}
