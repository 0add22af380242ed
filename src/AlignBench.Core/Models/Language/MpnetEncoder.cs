using AlignBench.Nn;
using AlignBench.Nn.Positions;
using AlignBench.Nn.Weights;
using static TorchSharp.torch;

namespace AlignBench.Models.Language;

/// <summary>The shape of an MPNet encoder, as in its config.json.</summary>
/// <param name="Bert">What it shares with RoBERTa.</param>
/// <param name="Buckets">Of relative distances.</param>
public sealed record MpnetConfig(BertConfig Bert, int Buckets)
{
    /// <summary>
    /// From which all distances are one bucket (modeling_mpnet.py, relative_position_bucket).
    /// </summary>
    public const int LongestDistance = 128;

    /// <summary>From a config.json of model_type mpnet; defaults are those of transformers.</summary>
    /// <exception cref="CheckpointException">
    /// A key is unknown, or a value one that is not supported.
    /// </exception>
    public static MpnetConfig From(ConfigReader config)
    {
        config.Accept("attention_probs_dropout_prob", "hidden_dropout_prob");
        MpnetConfig read = new(
            new BertConfig
            {
                Vocabulary = config.CountOrNull("vocab_size") ?? 30527,
                Width = config.CountOrNull("hidden_size") ?? 768,
                Depth = config.CountOrNull("num_hidden_layers") ?? 12,
                Heads = config.CountOrNull("num_attention_heads") ?? 12,
                Hidden = config.CountOrNull("intermediate_size") ?? 3072,
                Positions = config.CountOrNull("max_position_embeddings") ?? 512,
                Activation = config.Activation("hidden_act", "gelu"),
                LayerNormEpsilon = config.Number("layer_norm_eps", 1e-12),
                Padding = (int)config.Number("pad_token_id", 1),
            },
            config.CountOrNull("relative_attention_num_buckets") ?? 32);
        config.ThrowIfUnread();
        return read;
    }
}

/// <summary>
/// MPNet (Song et al. 2020, arXiv:2004.09297): BERT's blocks, RoBERTa's positions, and a bias by distance
/// that all layers share. Names and numbers follow transformers' MPNetModel; pooled is tanh(dense(first
/// token)), where the checkpoint has it. Deviations: none.
/// </summary>
public sealed class MpnetEncoder : TextEncoder
{
    private readonly BertConfig _config;
    private readonly Embedding _words;
    private readonly Embedding _positions;
    private readonly LayerNorm _norm;
    private readonly RelativeBias _distances;
    private readonly BlockList<PostNormBlock> _blocks;

    /// <exception cref="CheckpointException">A weight is missing, left over or of another shape.</exception>
    public MpnetEncoder(MpnetConfig config, WeightReader weights)
        : base(config.Bert.Width)
    {
        WeightReader model = weights.UnderIfPresent("mpnet");
        WeightReader embeddings = model.Under("embeddings");
        _config = config.Bert;
        _words = new Embedding(embeddings.Under("word_embeddings"), _config.Vocabulary, Width);
        _positions = new Embedding(embeddings.Under("position_embeddings"), _config.Positions, Width);
        _norm = new LayerNorm(embeddings.Under("LayerNorm"), Width, _config.LayerNormEpsilon);
        _distances = new RelativeBias(
            model.Under("encoder.relative_attention_bias"),
            config.Buckets,
            _config.Heads,
            MpnetConfig.LongestDistance);
        _blocks = new BlockList<PostNormBlock>(
            model,
            _config.Depth,
            (reader, i) => Block(_config, reader.Under($"encoder.layer.{i}")));
        Linear? pooler = model.Has("pooler.dense.weight")
            ? new Linear(model.Under("pooler.dense"), Width, Width)
            : null;
        embeddings.Ignore("position_ids");                                     // a buffer
        weights.Ignore("classifier.*", "lm_head.*", "qa_outputs.*");           // heads
        weights.ThrowIfUnread();
        Features = new TokenFeatures
        {
            Depth = _config.Depth,
            Pooled = pooler is null
                ? null
                : (tokens, texts) => pooler.Forward(TokenPooling.First(tokens, texts)).tanh(),
        };
    }

    private protected override TokenFeatures Features { get; }

    internal override IEnumerable<Tensor> HiddenStates(Texts texts)
    {
        int padding = _config.Padding!.Value;
        texts.ThrowIfUnfit(_config.Positions - padding - 1);
        AttentionPattern pattern = texts.Attention(new AttentionPattern { Distances = _distances });
        return Blocks.States(
            () => _norm.Forward(
                _words.Forward(texts.Ids) + _positions.Forward(texts.PositionsFromIds(padding))),
            _blocks.Steps((block, x) => block.Forward(x, pattern)));
    }

    private static PostNormBlock Block(BertConfig config, WeightReader weights) => new(
        new SelfAttention(
            Linear.Stacked(
                weights.Under("attention.attn"),
                ["q", "k", "v"],
                config.Width,
                [config.Width, config.Width, config.Width]),
            new Linear(weights.Under("attention.attn.o"), config.Width, config.Width),
            AttentionShape.Of(config.Width, config.Heads)),
        new LayerNorm(weights.Under("attention.LayerNorm"), config.Width, config.LayerNormEpsilon),
        new Mlp(
            new Linear(weights.Under("intermediate.dense"), config.Width, config.Hidden),
            Activations.ByName(config.Activation),
            new Linear(weights.Under("output.dense"), config.Hidden, config.Width)),
        new LayerNorm(weights.Under("output.LayerNorm"), config.Width, config.LayerNormEpsilon));
}
