using AlignBench.Nn;
using AlignBench.Nn.Positions;
using AlignBench.Nn.Weights;
using static TorchSharp.torch;

namespace AlignBench.Models.Language;

/// <summary>
/// LLaMA (Touvron et al. 2023, arXiv:2302.13971) and the decoders that vary it: OpenLLaMA, Mistral, Mixtral,
/// Gemma, Qwen2, OLMo, OLMo 2. Norm, attention with rotary positions and grouped queries, norm, gated
/// feed-forward; all share the names of their weights. Names and numbers follow transformers' models of those
/// names. Deviations: none.
/// </summary>
/// <remarks>B = texts, N = tokens, D = width.</remarks>
public sealed class LlamaEncoder : TextEncoder
{
    private readonly LlamaConfig _config;
    private readonly Embedding _words;
    private readonly BlockList<IBlock> _blocks;
    private readonly INorm _norm;
    private readonly Rotary _rotary;

    /// <exception cref="CheckpointException">A weight is missing, left over or of another shape.</exception>
    public LlamaEncoder(LlamaConfig config, WeightReader weights)
        : base(config.Width)
    {
        WeightReader model = weights.UnderIfPresent("model");
        _config = config;
        _words = new Embedding(model.Under("embed_tokens"), config.Vocabulary, config.Width);
        _blocks = new BlockList<IBlock>(
            model,
            config.Depth,
            (reader, i) => Block(config, reader.Under($"layers.{i}")));
        _norm = Norm(config, model.Under("norm"), config.Width);
        weights.Ignore("lm_head.weight");                          // predicts tokens
        model.Ignore("layers.*.self_attn.rotary_emb.inv_freq");    // a buffer, computed here
        weights.ThrowIfUnread();
        _rotary = new Rotary(config.HeadWidth, config.Rotary.Theta, config.Rotary.Scaling, weights.Device);
        Features = new TokenFeatures { Depth = config.Depth, FinalNorm = _norm.Forward, LastIsNormed = true };
    }

    private protected override TokenFeatures Features { get; }

    internal override IEnumerable<Tensor> HiddenStates(Texts texts) => HiddenStates(texts, texts.Positions);

    /// <summary>
    /// The same with other positions than 0, 1, 2, ..., for which padding counts too: [B or 1, N].
    /// </summary>
    internal IEnumerable<Tensor> HiddenStates(Texts texts, Tensor positions)
    {
        texts.ThrowIfUnfit();
        AttentionPattern pattern = texts.Attention(
            new AttentionPattern { Causal = true, Window = _config.Window });
        RotaryAngles angles = _rotary.At(positions);
        return Blocks.States(
            () => _words.Forward(texts.Ids).mul(_config.EmbeddingScale),
            _blocks.Steps((block, x) => block.Forward(x, pattern, angles)),
            _norm.Forward);
    }

    private static IBlock Block(LlamaConfig config, WeightReader weights)
    {
        INorm norm1 = Norm(
            config,
            weights.Under(config.NormsBranches ? "post_attention_layernorm" : "input_layernorm"),
            config.Width);
        SelfAttention attention = Attention(config, weights.Under("self_attn"));
        INorm norm2 = Norm(
            config,
            weights.Under(config.NormsBranches ? "post_feedforward_layernorm" : "post_attention_layernorm"),
            config.Width);
        IFeedForward mlp = config.Experts is null
            ? FeedForward(config, weights.Under("mlp"), "gate_proj", "up_proj", "down_proj")
            : Experts(config, weights.Under("block_sparse_moe"));
        return config.NormsBranches
            ? new BranchNormBlock(attention, norm1, mlp, norm2)
            : new PreNormBlock(norm1, attention, norm2, mlp);
    }

    private static INorm Norm(LlamaConfig config, WeightReader weights, long width) => config.Norm switch
    {
        LlamaNorm.LayerWithoutWeights => new LayerNorm(
            width, config.NormEpsilon, weights.UsesKernels),
        _ => new RmsNorm(weights, width, config.NormEpsilon, addOne: config.Norm == LlamaNorm.RmsAddOne),
    };

    private static SelfAttention Attention(LlamaConfig config, WeightReader weights)
    {
        AttentionShape shape = new(config.Heads, config.KeyValueHeads, config.HeadWidth);
        Linear queryKeyValue = Linear.Stacked(
            weights,
            ["q_proj", "k_proj", "v_proj"],
            config.Width,
            [shape.QueryWidth, shape.KeyWidth, shape.KeyWidth],
            config.QueryKeyValueBias);
        Linear output = new(weights.Under("o_proj"), shape.QueryWidth, config.Width, config.OutputBias);
        return new SelfAttention(queryKeyValue, output, shape)
        {
            OnProjection = config.Clip is double limit ? x => x.clamp(-limit, limit) : null,
            OnQueries = config.NormsBranches
                ? Norm(config, weights.Under("q_norm"), shape.QueryWidth).Forward
                : null,
            OnKeys = config.NormsBranches
                ? Norm(config, weights.Under("k_norm"), shape.KeyWidth).Forward
                : null,
        };
    }

    private static GatedMlp FeedForward(
        LlamaConfig config, WeightReader weights, string gate, string up, string down) =>
        new(
        Linear.Stacked(weights, [gate, up], config.Width, [config.Hidden, config.Hidden], config.MlpBias),
        Activations.ByName(config.Activation),
        new Linear(weights.Under(down), config.Hidden, config.Width, config.MlpBias));

    private static MixtureOfExperts Experts(LlamaConfig config, WeightReader weights) => new(
        new Linear(weights.Under("gate"), config.Width, config.Experts!.Value, bias: false),
        [
            .. Enumerable.Range(0, config.Experts.Value)
                .Select(i => FeedForward(config, weights.Under($"experts.{i}"), "w1", "w3", "w2")),
        ],
        config.ActiveExperts);
}
