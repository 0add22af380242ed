using AlignBench.Models.Language;
using AlignBench.Nn;
using AlignBench.Nn.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Models.Audio;

/// <summary>
/// wav2vec 2.0 (Baevski et al. 2020, arXiv:2006.11477): convolutions turn samples into frames, a transformer
/// encodes them. Names and numbers follow transformers' Wav2Vec2Model, its last hidden state included: with
/// norms first that is the one before the final norm. Pooling is over frames. Deviations: none.
/// </summary>
/// <remarks>B = sounds, S = samples, F = frames, D = width.</remarks>
public sealed class Wav2Vec2Encoder : IAudioEncoder
{
    private readonly Wav2Vec2Config _config;
    private readonly Wav2Vec2Frames _frames;
    private readonly LayerNorm _frameNorm;
    private readonly Linear _project;
    private readonly Wav2Vec2Positions _positions;
    private readonly LayerNorm _norm;
    private readonly BlockList<IBlock> _blocks;
    private readonly TokenFeatures _features;

    /// <exception cref="CheckpointException">A weight is missing, left over or of another shape.</exception>
    public Wav2Vec2Encoder(Wav2Vec2Config config, WeightReader weights)
    {
        WeightReader model = weights.UnderIfPresent("wav2vec2");
        WeightReader encoder = model.Under("encoder");
        int channels = config.ConvolutionWidths[^1];
        _config = config;
        _frames = new Wav2Vec2Frames(config, model.Under("feature_extractor.conv_layers"));
        _frameNorm = new LayerNorm(
            model.Under("feature_projection.layer_norm"), channels, config.LayerNormEpsilon);
        _project = new Linear(model.Under("feature_projection.projection"), channels, config.Width);
        _positions = new Wav2Vec2Positions(config, encoder.Under("pos_conv_embed.conv"));
        _norm = new LayerNorm(encoder.Under("layer_norm"), config.Width, config.LayerNormEpsilon);
        _blocks = new BlockList<IBlock>(
            encoder,
            config.Depth,
            (reader, i) => Block(config, reader.Under($"layers.{i}")));
        // training only
        model.Ignore("masked_spec_embed");
        weights.Ignore(
            "quantizer.*", "project_q.*", "project_hid.*", "lm_head.*", "projector.*", "classifier.*");
        weights.ThrowIfUnread();
        _features =
            new TokenFeatures { Depth = config.Depth, FinalNorm = config.NormsFirst ? _norm.Forward : null };
    }

    /// <inheritdoc/>
    public int Depth => _blocks.Count;

    /// <inheritdoc/>
    public int Width => _config.Width;

    /// <inheritdoc/>
    public FeatureSelection DefaultFeature => FeatureSelection.PenultimateMean;

    /// <inheritdoc/>
    public void ThrowIfUnsupported(FeatureSelection wanted) => _features.ThrowIfUnsupported(wanted);

    /// <inheritdoc/>
    public Tensor[] Encode(Tensor waves, IReadOnlyList<FeatureSelection> wanted, Tensor? mask = null)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor? frameMask = FrameMask(waves, mask);
        Tensor[] pooled = _features.Pool(
            () => HiddenStates(waves, frameMask), wanted, new Texts(waves, frameMask));
        return [.. pooled.Select(feature => feature.MoveToOuterDisposeScope())];
    }

    /// <summary>Which frames hold real samples only: [B, F] int64; none if there is no mask.</summary>
    /// <exception cref="AlignBenchException">A sound is too short for a single frame.</exception>
    internal Tensor? FrameMask(Tensor waves, Tensor? mask)
    {
        long frames = _frames.Count(waves.shape[1]);
        long[] lengths = mask is null
            ? [waves.shape[1]]
            : mask.to(ScalarType.Int64).sum(1).data<long>().ToArray();
        if (lengths.Any(length => _frames.Count(length) < 1))
        {
            throw new AlignBenchException(
                $"a sound of {lengths.Min()} samples is too short for a single frame");
        }

        return mask is null
            ? null
            : arange(frames, ScalarType.Int64).unsqueeze(0)
                .lt(tensor(lengths.Select(_frames.Count).ToArray()).unsqueeze(1)).to(ScalarType.Int64);
    }

    /// <summary>
    /// transformers' <c>hidden_states</c>, each [B, F, D], made one after the other as they are asked for.
    /// </summary>
    internal IEnumerable<Tensor> HiddenStates(Tensor waves, Tensor? frameMask)
    {
        AttentionPattern pattern = new AttentionPattern { Mask = frameMask }
            .Prepare(_frames.Count(waves.shape[1]), waves.device);
        return Blocks.States(
            () => Embed(waves, frameMask),
            _blocks.Steps((block, x) => block.Forward(x, pattern)));
    }

    /// <summary>[B, S] -> [B, F, channels]: what the convolutions make, before any norm.</summary>
    internal Tensor Frames(Tensor waves) => _frames.Forward(waves);

    /// <summary>[B, F, D] -> [B, F, D]: the last hidden state -> <c>last_hidden_state</c>.</summary>
    internal Tensor Finish(Tensor x) => _config.NormsFirst ? _norm.Forward(x) : x;

    private Tensor Embed(Tensor waves, Tensor? frameMask)
    {
        Tensor x = _project.Forward(_frameNorm.Forward(_frames.Forward(waves)));         // [B, F, D]
        if (frameMask is not null)
        {
            x = x * frameMask.to(ScalarType.Float32).unsqueeze(-1);
        }

        x = x + _positions.Forward(x);
        return _config.NormsFirst ? x : _norm.Forward(x);
    }

    private static IBlock Block(Wav2Vec2Config config, WeightReader weights)
    {
        long width = config.Width;
        SelfAttention attention = new(
            Linear.Stacked(
                weights.Under("attention"), ["q_proj", "k_proj", "v_proj"], width, [width, width, width]),
            new Linear(weights.Under("attention.out_proj"), width, width),
            AttentionShape.Of(config.Width, config.Heads));
        Mlp mlp = new(
            new Linear(weights.Under("feed_forward.intermediate_dense"), width, config.Hidden),
            Activations.ByName(config.Activation),
            new Linear(weights.Under("feed_forward.output_dense"), config.Hidden, width));
        LayerNorm norm1 = new(weights.Under("layer_norm"), width, config.LayerNormEpsilon);
        LayerNorm norm2 = new(weights.Under("final_layer_norm"), width, config.LayerNormEpsilon);
        return config.NormsFirst
            ? new PreNormBlock(norm1, attention, norm2, mlp)
            : new PostNormBlock(attention, norm1, mlp, norm2);
    }
}
