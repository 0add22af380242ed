using AlignBench.Nn;
using AlignBench.Nn.Weights;
using static TorchSharp.torch;

namespace AlignBench.Models.Language;

/// <summary>
/// The shape of a DistilBERT encoder, as in its config.json; defaults are those of transformers.
/// </summary>
public sealed record DistilBertConfig
{
    /// <summary>Not in the config (modeling_distilbert.py).</summary>
    public const double LayerNormEpsilon = 1e-12;

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

    public string Activation { get; init; } = "gelu";

    /// <summary>From a config.json of model_type distilbert.</summary>
    /// <exception cref="CheckpointException">
    /// A key is unknown, or a value one that is not supported.
    /// </exception>
    public static DistilBertConfig From(ConfigReader config)
    {
        // Sinusoidal positions are a way to start training: the table is stored all the same.
        config.Accept(
            "attention_dropout", "dropout", "qa_dropout", "seq_classif_dropout", "sinusoidal_pos_embds");
        DistilBertConfig read = new()
        {
            Vocabulary = config.CountOrNull("vocab_size") ?? 30522,
            Width = config.CountOrNull("dim", "hidden_size") ?? 768,
            Depth = config.CountOrNull("n_layers", "num_hidden_layers") ?? 6,
            Heads = config.CountOrNull("n_heads", "num_attention_heads") ?? 12,
            Hidden = config.CountOrNull("hidden_dim") ?? 3072,
            Positions = config.CountOrNull("max_position_embeddings") ?? 512,
            Activation = config.Activation("activation", "gelu"),
        };
        config.ThrowIfUnread();
        return read;
    }
}

/// <summary>
/// DistilBERT (Sanh et al. 2019, arXiv:1910.01108): BERT's blocks without token types and pooler. Names and
/// numbers follow transformers' DistilBertModel. Deviations: none.
/// </summary>
public sealed class DistilBertEncoder : TextEncoder
{
    private readonly DistilBertConfig _config;
    private readonly Embedding _words;
    private readonly Embedding _positions;
    private readonly LayerNorm _norm;
    private readonly BlockList<PostNormBlock> _blocks;

    /// <exception cref="CheckpointException">A weight is missing, left over or of another shape.</exception>
    public DistilBertEncoder(DistilBertConfig config, WeightReader weights)
        : base(config.Width)
    {
        WeightReader model = weights.UnderIfPresent("distilbert");
        WeightReader embeddings = model.Under("embeddings");
        _config = config;
        _words = new Embedding(embeddings.Under("word_embeddings"), config.Vocabulary, config.Width);
        _positions = new Embedding(embeddings.Under("position_embeddings"), config.Positions, config.Width);
        _norm = new LayerNorm(embeddings.Under("LayerNorm"), config.Width, DistilBertConfig.LayerNormEpsilon);
        _blocks = new BlockList<PostNormBlock>(
            model,
            config.Depth,
            (reader, i) => Block(config, reader.Under($"transformer.layer.{i}")));
        embeddings.Ignore("position_ids");                                                 // a buffer
        weights.Ignore("vocab_*", "pre_classifier.*", "classifier.*", "qa_outputs.*");     // heads
        weights.ThrowIfUnread();
        Features = new TokenFeatures { Depth = config.Depth };
    }

    private protected override TokenFeatures Features { get; }

    internal override IEnumerable<Tensor> HiddenStates(Texts texts)
    {
        texts.ThrowIfUnfit(_config.Positions);
        AttentionPattern pattern = texts.Attention(AttentionPattern.Everything);
        return Blocks.States(
            () => _norm.Forward(_words.Forward(texts.Ids) + _positions.Forward(texts.Positions)),
            _blocks.Steps((block, x) => block.Forward(x, pattern)));
    }

    private static PostNormBlock Block(DistilBertConfig config, WeightReader weights) => new(
        new SelfAttention(
            Linear.Stacked(
                weights.Under("attention"),
                ["q_lin", "k_lin", "v_lin"],
                config.Width,
                [config.Width, config.Width, config.Width]),
            new Linear(weights.Under("attention.out_lin"), config.Width, config.Width),
            AttentionShape.Of(config.Width, config.Heads)),
        new LayerNorm(weights.Under("sa_layer_norm"), config.Width, DistilBertConfig.LayerNormEpsilon),
        new Mlp(
            new Linear(weights.Under("ffn.lin1"), config.Width, config.Hidden),
            Activations.ByName(config.Activation),
            new Linear(weights.Under("ffn.lin2"), config.Hidden, config.Width)),
        new LayerNorm(weights.Under("output_layer_norm"), config.Width, DistilBertConfig.LayerNormEpsilon));
}
