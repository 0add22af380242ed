using AlignBench.Nn;
using AlignBench.Nn.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Models.Audio;

/// <summary>wav2vec 2.0's convolutions over the samples.</summary>
internal sealed class Wav2Vec2Frames
{
    /// <summary>torch's own default; the config's epsilon is the transformer's.</summary>
    private const double NormEpsilon = 1e-5;

    private readonly Wav2Vec2Config _config;
    private readonly Func<Tensor, Tensor> _activation;
    private readonly Tensor[] _weights;
    private readonly Tensor?[] _biases;
    private readonly LayerNorm?[] _layerNorms;
    private readonly (Tensor Weight, Tensor Bias)? _groupNorm;

    public Wav2Vec2Frames(Wav2Vec2Config config, WeightReader weights)
    {
        int count = config.Kernels.Length;
        int[] widths = config.ConvolutionWidths;
        _config = config;
        _activation = Activations.ByName(config.ConvolutionActivation).Function;
        _weights = new Tensor[count];
        _biases = new Tensor?[count];
        _layerNorms = new LayerNorm?[count];
        for (int i = 0; i < count; i++)
        {
            WeightReader layer = weights.Under($"{i}");
            _weights[i] = layer.Read("conv.weight", widths[i], i == 0 ? 1 : widths[i - 1], config.Kernels[i]);
            _biases[i] = config.ConvolutionBias ? layer.Read("conv.bias", widths[i]) : null;
            _layerNorms[i] = config.NormsEveryConvolution
                ? new LayerNorm(layer.Under("layer_norm"), widths[i], NormEpsilon)
                : null;
        }

        _groupNorm = config.NormsEveryConvolution
            ? null
            : (weights.Read("0.layer_norm.weight", widths[0]), weights.Read("0.layer_norm.bias", widths[0]));
    }

    /// <summary>Frames that so many samples give; below 1 if they are too few.</summary>
    public long Count(long samples)
    {
        for (int i = 0; i < _config.Kernels.Length; i++)
        {
            samples = samples < _config.Kernels[i]
                ? 0
                : ((samples - _config.Kernels[i]) / _config.Strides[i]) + 1;
        }

        return samples;
    }

    /// <summary>[B, S] -> [B, F, channels].</summary>
    public Tensor Forward(Tensor waves)
    {
        Tensor x = waves.unsqueeze(1);                                                   // [B, 1, S]
        for (int i = 0; i < _weights.Length; i++)
        {
            using Tensor inputs = x;                         // the first have a frame for every few samples
            x = Layer(i, inputs);
        }

        return x.transpose(1, 2);
    }

    /// <summary>[B, channels before, S] -> [B, channels, F]; all but the result is freed.</summary>
    private Tensor Layer(int i, Tensor inputs)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = nn.functional.conv1d(inputs, _weights[i], _biases[i], stride: _config.Strides[i]);
        x = _layerNorms[i] is LayerNorm norm ? norm.Forward(x.transpose(1, 2)).transpose(1, 2) : x;
        if (i == 0 && _groupNorm is (Tensor weight, Tensor bias))
        {
            // over time, per channel
            x = nn.functional.group_norm(x, x.shape[1], weight, bias, NormEpsilon);
        }

        return _activation(x).MoveToOuterDisposeScope();
    }
}

/// <summary>
/// wav2vec 2.0's positions: a wide grouped convolution over the frames, its weight normalised per tap.
/// </summary>
internal sealed class Wav2Vec2Positions
{
    private readonly Wav2Vec2Config _config;
    private readonly Tensor _weight;
    private readonly Tensor _bias;

    /// <param name="config">Of the encoder.</param>
    /// <param name="weights">Has weight_g and weight_v, or the names of newer files.</param>
    public Wav2Vec2Positions(Wav2Vec2Config config, WeightReader weights)
    {
        bool newer = weights.Has("parametrizations.weight.original0");
        Tensor length = weights.Read(
            newer ? "parametrizations.weight.original0" : "weight_g", 1, 1, config.PositionKernel);
        _config = config;
        _weight = weights.Rearrange(
            weights.Read(
                newer ? "parametrizations.weight.original1" : "weight_v",
                config.Width,
                config.Width / config.PositionGroups,
                config.PositionKernel),
            direction => length * direction / direction.mul(direction).sum([0, 1], keepdim: true).sqrt());
        _bias = weights.Read("bias", config.Width);
    }

    /// <summary>[B, F, D] -> [B, F, D], to be added to the frames.</summary>
    public Tensor Forward(Tensor x)
    {
        long frames = x.shape[1];
        Tensor y = nn.functional.conv1d(
            x.transpose(1, 2),
            _weight,
            _bias,
            padding: _config.PositionKernel / 2,
            groups: _config.PositionGroups);
        y = y.narrow(2, 0, frames);                          // an even kernel gives one frame too many
        return Activations.ByName(_config.ConvolutionActivation).Forward(y).transpose(1, 2);
    }
}
