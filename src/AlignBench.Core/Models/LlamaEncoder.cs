using AlignBench.Nn;
using static TorchSharp.torch;

namespace AlignBench.Models;

/// <summary>
/// LLaMA (Touvron et al. 2023, arXiv:2302.13971) and OpenLLaMA: RMSNorm, rotary positions, SwiGLU, grouped queries.
/// Names and numbers follow transformers' LlamaModel. Deviations: none.
/// </summary>
/// <remarks>B = texts, N = tokens, D = width.</remarks>
public sealed class LlamaEncoder : ITextEncoder
{
    private readonly Embedding _words;
    private readonly Block[] _blocks;
    private readonly RmsNorm _norm;
    private readonly Rotary _rotary;
    private readonly TokenFeatures _features;

    /// <exception cref="CheckpointException">A weight is missing, left over or of another shape.</exception>
    public LlamaEncoder(LlamaConfig config, WeightReader weights)
    {
        WeightReader model = weights.UnderIfPresent("model");
        _words = new Embedding(model.Under("embed_tokens"), config.Vocabulary, config.Width);
        _blocks = [.. Enumerable.Range(0, config.Depth).Select(i => new Block(config, model.Under($"layers.{i}")))];
        _norm = new RmsNorm(model.Under("norm"), config.Width, config.RmsNormEpsilon);
        weights.Ignore("lm_head.weight");                          // predicts tokens
        model.Ignore("layers.*.self_attn.rotary_emb.inv_freq");    // a buffer, computed here
        weights.ThrowIfUnread();
        _rotary = new Rotary(config.HeadWidth, config.Rotary.Theta, config.Rotary.Scaling, weights.Device);
        Width = config.Width;
        _features = new TokenFeatures { Depth = config.Depth, FinalNorm = _norm.Forward, LastIsNormed = true };
    }

    /// <inheritdoc/>
    public int Depth => _blocks.Length;

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public FeatureSelection DefaultFeature => FeatureSelection.PenultimateMean;

    /// <inheritdoc/>
    public void ThrowIfUnsupported(FeatureSelection wanted) => _features.ThrowIfUnsupported(wanted);

    /// <inheritdoc/>
    public Tensor[] Encode(Tensor ids, IReadOnlyList<FeatureSelection> wanted, Tensor? mask = null) =>
        _features.Pool(HiddenStates(ids, mask), wanted, mask);

    /// <summary>transformers' <c>hidden_states</c>, each [B, N, D], the last after the final norm; made as asked for.</summary>
    /// <param name="ids">[B, N].</param>
    /// <param name="mask">[B, N]; none if all tokens are real.</param>
    /// <param name="positions">[B or 1, N]; 0, 1, 2, ... if left out, padding counted, as in transformers.</param>
    internal IEnumerable<Tensor> HiddenStates(Tensor ids, Tensor? mask = null, Tensor? positions = null)
    {
        TokenIds.ThrowIfEmpty(ids, mask);
        Tensor? bias = AttentionBias.Create(ids.shape[1], mask, causal: true, device: ids.device);
        RotaryAngles angles = _rotary.At(positions ?? TokenIds.Positions(ids));
        Tensor x = Blocks.Run(() => _words.Forward(ids));
        yield return x;
        for (int i = 0; i < _blocks.Length; i++)
        {
            int block = i;
            x = Blocks.Run(() => _blocks[block].Forward(x, bias, angles));
            yield return block < _blocks.Length - 1 ? x : Blocks.Run(() => _norm.Forward(x));
        }
    }

    private sealed class Block(LlamaConfig config, WeightReader weights)
    {
        private readonly RmsNorm _inputNorm = new(weights.Under("input_layernorm"), config.Width, config.RmsNormEpsilon);
        private readonly SelfAttention _attention = Attention(config, weights.Under("self_attn"));
        private readonly RmsNorm _attendedNorm =
            new(weights.Under("post_attention_layernorm"), config.Width, config.RmsNormEpsilon);
        private readonly GatedMlp _mlp = FeedForward(config, weights.Under("mlp"));

        public Tensor Forward(Tensor x, Tensor? bias, RotaryAngles angles)
        {
            x = x + _attention.Forward(_inputNorm.Forward(x), bias, angles);
            return x + _mlp.Forward(_attendedNorm.Forward(x));
        }

        private static SelfAttention Attention(LlamaConfig config, WeightReader weights)
        {
            AttentionShape shape = new(config.Heads, config.KeyValueHeads, config.HeadWidth);
            return new SelfAttention(
                Linear.Stacked(
                    weights,
                    ["q_proj", "k_proj", "v_proj"],
                    config.Width,
                    [shape.QueryWidth, shape.KeyWidth, shape.KeyWidth],
                    config.AttentionBias),
                new Linear(weights.Under("o_proj"), shape.QueryWidth, config.Width, config.AttentionBias),
                shape);
        }

        private static GatedMlp FeedForward(LlamaConfig config, WeightReader weights) => new(
            Linear.Stacked(
                weights, ["gate_proj", "up_proj"], config.Width, [config.Hidden, config.Hidden], config.MlpBias),
            Activations.ByName(config.Activation),
            new Linear(weights.Under("down_proj"), config.Hidden, config.Width, config.MlpBias));
    }
}
