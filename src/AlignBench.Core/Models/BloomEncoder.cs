using AlignBench.Nn;
using static TorchSharp.torch;

namespace AlignBench.Models;

/// <summary>
/// BLOOM (BigScience 2022, arXiv:2211.05100), a decoder with ALiBi positions. Names and numbers follow transformers'
/// BloomModel. Deviations: none.
/// </summary>
/// <remarks>B = texts, N = tokens, D = width, H = heads.</remarks>
public sealed class BloomEncoder : ITextEncoder
{
    private readonly Embedding _words;
    private readonly LayerNorm _wordNorm;
    private readonly Block[] _blocks;
    private readonly LayerNorm _norm;
    private readonly Tensor _slopes;
    private readonly TokenFeatures _features;

    /// <exception cref="CheckpointException">A weight is missing, left over or of another shape.</exception>
    public BloomEncoder(BloomConfig config, WeightReader weights)
    {
        WeightReader model = weights.UnderIfPresent("transformer");
        _words = new Embedding(model.Under("word_embeddings"), config.Vocabulary, config.Width);
        _wordNorm = new LayerNorm(model.Under("word_embeddings_layernorm"), config.Width, config.LayerNormEpsilon);
        _blocks = [.. Enumerable.Range(0, config.Depth).Select(i => new Block(config, model.Under($"h.{i}")))];
        _norm = new LayerNorm(model.Under("ln_f"), config.Width, config.LayerNormEpsilon);
        weights.Ignore("lm_head.weight");          // predicts tokens
        weights.ThrowIfUnread();
        _slopes = tensor(Alibi.Slopes(config.Heads), device: weights.Device);
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
    internal IEnumerable<Tensor> HiddenStates(Tensor ids, Tensor? mask = null)
    {
        TokenIds.ThrowIfEmpty(ids, mask);
        Tensor bias = Blocks.Run(() => Bias(ids, mask));
        Tensor x = Blocks.Run(() => _wordNorm.Forward(_words.Forward(ids)));
        yield return x;
        for (int i = 0; i < _blocks.Length; i++)
        {
            int block = i;
            x = Blocks.Run(() => _blocks[block].Forward(x, bias));
            yield return block < _blocks.Length - 1 ? x : Blocks.Run(() => _norm.Forward(x));
        }
    }

    /// <summary>Positions and mask as one: [B, H, N, N].</summary>
    private Tensor Bias(Tensor ids, Tensor? mask)
    {
        Tensor alibi = Alibi.Bias(_slopes, mask ?? ones_like(ids));                          // [B, H, 1, N]
        Tensor? hidden = AttentionBias.Create(ids.shape[1], mask, causal: true, device: ids.device);
        return hidden is null ? alibi : alibi + hidden;
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
                QueryKeyValue(config, attention.Under("query_key_value")),
                Output(config, attention.Under("dense"), width),
                AttentionShape.Of(width, config.Heads));
            _attendedNorm = new LayerNorm(weights.Under("post_attention_layernorm"), width, config.LayerNormEpsilon);
            _mlp = new Mlp(
                new Linear(mlp.Under("dense_h_to_4h"), width, 4L * width),
                Activations.BloomGelu,
                Output(config, mlp.Under("dense_4h_to_h"), 4L * width));
            _residualAfterNorm = config.ResidualAfterNorm;
        }

        public Tensor Forward(Tensor x, Tensor bias)
        {
            Tensor normed = _inputNorm.Forward(x);
            x = (_residualAfterNorm ? normed : x) + _attention.Forward(normed, bias);
            normed = _attendedNorm.Forward(x);
            return (_residualAfterNorm ? normed : x) + _mlp.Forward(normed);
        }

        /// <summary>Stored head by head as [H, (q, k, v), C]; here [(q, k, v), H, C].</summary>
        private static Linear QueryKeyValue(BloomConfig config, WeightReader weights)
        {
            int width = config.Width;
            int heads = config.Heads;
            Tensor weight = weights.Rearrange(
                weights.Read("weight", 3L * width, width),
                stored => stored.reshape(heads, 3, width / heads, width).transpose(0, 1).reshape(3L * width, width));
            Tensor bias = weights.Rearrange(
                weights.Read("bias", 3L * width),
                stored => stored.reshape(heads, 3, width / heads).transpose(0, 1).reshape(3L * width));
            return new Linear(weight, bias);
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
