using AlignBench.Nn;
using AlignBench.Nn.Positions;
using AlignBench.Nn.Weights;
using static TorchSharp.torch;

namespace AlignBench.Models.Language;

/// <summary>
/// BLOOM (BigScience 2022, arXiv:2211.05100), a decoder with ALiBi positions. Names and numbers follow
/// transformers' BloomModel. Deviations: none.
/// </summary>
/// <remarks>B = texts, N = tokens, D = width, H = heads.</remarks>
public sealed class BloomEncoder : TextEncoder
{
    private readonly Embedding _words;
    private readonly LayerNorm _wordNorm;
    private readonly BlockList<Block> _blocks;
    private readonly LayerNorm _norm;
    private readonly float[] _slopes;

    /// <exception cref="CheckpointException">A weight is missing, left over or of another shape.</exception>
    public BloomEncoder(BloomConfig config, WeightReader weights)
        : base(config.Width)
    {
        WeightReader model = weights.UnderIfPresent("transformer");
        _words = new Embedding(model.Under("word_embeddings"), config.Vocabulary, config.Width);
        _wordNorm = new LayerNorm(
            model.Under("word_embeddings_layernorm"), config.Width, config.LayerNormEpsilon);
        _blocks = new BlockList<Block>(
            model,
            config.Depth,
            (reader, i) => new Block(config, reader.Under($"h.{i}")));
        _norm = new LayerNorm(model.Under("ln_f"), config.Width, config.LayerNormEpsilon);
        weights.Ignore("lm_head.weight");          // predicts tokens
        weights.ThrowIfUnread();
        _slopes = Alibi.Slopes(config.Heads);
        Features = new TokenFeatures { Depth = config.Depth, FinalNorm = _norm.Forward, LastIsNormed = true };
    }

    private protected override TokenFeatures Features { get; }

    internal override IEnumerable<Tensor> HiddenStates(Texts texts)
    {
        texts.ThrowIfUnfit();
        AttentionPattern pattern = texts.Attention(new AttentionPattern { Causal = true, Slopes = _slopes });
        return Blocks.States(
            () => _wordNorm.Forward(_words.Forward(texts.Ids)),
            _blocks.Steps((block, x) => block.Forward(x, pattern)),
            _norm.Forward);
    }

    private sealed class Block
    {
        private readonly LayerNorm _inputNorm;
        private readonly SelfAttention _attention;
        private readonly LayerNorm _attendedNorm;
        private readonly Mlp _mlp;
        private readonly bool _residualAfterNorm;

        public Block(BloomConfig config, WeightReader weights)
        {
            int width = config.Width;
            WeightReader attention = weights.Under("self_attention");
            WeightReader mlp = weights.Under("mlp");
            _inputNorm = new LayerNorm(weights.Under("input_layernorm"), width, config.LayerNormEpsilon);
            _attention = new SelfAttention(
                Linear.Interleaved(attention.Under("query_key_value"), width, config.Heads),
                Output(config, attention.Under("dense"), width),
                AttentionShape.Of(width, config.Heads));
            _attendedNorm = new LayerNorm(
                weights.Under("post_attention_layernorm"), width, config.LayerNormEpsilon);
            _mlp = new Mlp(
                new Linear(mlp.Under("dense_h_to_4h"), width, 4L * width),
                Activations.BloomGelu,
                Output(config, mlp.Under("dense_4h_to_h"), 4L * width));
            _residualAfterNorm = config.ResidualAfterNorm;
        }

        public Tensor Forward(Tensor x, AttentionPattern pattern)
        {
            Tensor normed = _inputNorm.Forward(x);
            x = _attention.Forward(normed, pattern, residual: _residualAfterNorm ? normed : x);
            normed = _attendedNorm.Forward(x);
            return _mlp.Forward(normed, _residualAfterNorm ? normed : x);
        }

        private static Linear Output(BloomConfig config, WeightReader weights, long inputs)
        {
            if (config.DropsOutputBias)
            {
                weights.Ignore("bias");
            }

            return new Linear(weights, inputs, config.Width, bias: !config.DropsOutputBias);
        }
    }
}
