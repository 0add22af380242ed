using AlignBench.Interop.Kernels;
using AlignBench.Nn.Weights;
using static TorchSharp.torch;

namespace AlignBench.Nn.Convolutions;

/// <summary>Size and step of a square convolution without dilation.</summary>
/// <param name="Inputs">Channels before.</param>
/// <param name="Outputs">Channels after.</param>
/// <param name="Kernel">Side of the window.</param>
/// <param name="Stride">Step.</param>
/// <param name="Padding">Zeros on each side.</param>
/// <param name="Groups">Of channels that do not see each other.</param>
public sealed record ConvolutionShape(
    int Inputs, int Outputs, int Kernel, int Stride = 1, int Padding = 0, int Groups = 1)
{
    /// <summary>A window with as much padding as keeps the size at stride 1.</summary>
    public static ConvolutionShape Same(
        int inputs, int outputs, int kernel, int stride = 1, int groups = 1) =>
        new(inputs, outputs, kernel, stride, kernel / 2, groups);
}

/// <summary>
/// A convolution over images: on the CPU a kernel that keeps the channels of a place together in memory, else
/// an operator.
/// </summary>
public sealed class Convolution
{
    private readonly ConvolutionShape _shape;
    private readonly Tensor? _weight;
    private readonly Tensor? _bias;
    private readonly PackedConvolution? _packed;

    /// <param name="weights">
    /// Has <c>weight</c> [outputs, inputs / groups, kernel, kernel] and <c>bias</c> [outputs].
    /// </param>
    /// <param name="shape">Of the convolution.</param>
    public Convolution(WeightReader weights, ConvolutionShape shape)
        : this(weights, shape, ReadWeight(weights, shape), weights.Read("bias", shape.Outputs))
    {
    }

    private Convolution(WeightReader reader, ConvolutionShape shape, Tensor weight, Tensor bias)
    {
        _shape = shape;
        _packed = reader.Pack(shape, weight, bias);
        if (_packed is null)
        {
            _weight = weight;
            _bias = bias;
        }
    }

    /// <summary>
    /// A convolution without bias and the batch normalisation (Ioffe and Szegedy 2015, arXiv:1502.03167)
    /// behind it, which with its stored statistics is one factor and one offset per channel: folded into the
    /// weights, in float64.
    /// </summary>
    /// <param name="convolution">Has <c>weight</c>.</param>
    /// <param name="norm">Has weight, bias, running_mean and running_var, each [outputs].</param>
    /// <param name="shape">Of the convolution.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public static Convolution WithBatchNorm(
        WeightReader convolution, WeightReader norm, ConvolutionShape shape, double epsilon)
    {
        Tensor gamma = norm.Read("weight", shape.Outputs);
        Tensor variance = norm.Read("running_var", shape.Outputs);
        Tensor mean = norm.Read("running_mean", shape.Outputs);
        norm.Ignore("num_batches_tracked");
        Tensor Factor() => gamma.@double() / (variance.@double() + epsilon).sqrt();
        Tensor weight = convolution.Rearrange(
            ReadWeight(convolution, shape),
            stored => (stored.@double() * Factor().reshape(-1, 1, 1, 1)).@float());
        Tensor bias = norm.Rearrange(
            norm.Read("bias", shape.Outputs),
            stored => (stored.@double() - (mean.@double() * Factor())).@float());
        return new Convolution(convolution, shape, weight, bias);
    }

    /// <summary>activation(convolution + residual): [B, inputs, height, width] -> [B, outputs, ...].</summary>
    /// <param name="x">[B, inputs, height, width].</param>
    /// <param name="activation">Of every value, behind the sum; none.</param>
    /// <param name="residual">Of the result's shape; none.</param>
    /// <exception cref="ArgumentException">A kernel runs the layer and can't read x.</exception>
    public Tensor Forward(Tensor x, Activation? activation = null, Tensor? residual = null)
    {
        if (_packed is null)
        {
            Tensor product = nn.functional.conv2d(
                x,
                _weight!,
                _bias,
                strides: [_shape.Stride, _shape.Stride],
                padding: [_shape.Padding, _shape.Padding],
                groups: _shape.Groups);
            product = residual is null ? product : product.add_(residual);
            return activation?.Forward(product) ?? product;
        }

        // Kernels want [B, height, width, channels]; what one made is that already, seen otherwise.
        Tensor input = KernelTensors.Input(x.permute(0, 2, 3, 1));
        Tensor? added = residual is null ? null : KernelTensors.Input(residual.permute(0, 2, 3, 1));
        long height = x.shape[2];
        long width = x.shape[3];
        Tensor y = empty(
            [x.shape[0], _packed.SizeAfter(height), _packed.SizeAfter(width), _packed.Outputs],
            ScalarType.Float32,
            CPU);
        _packed.Run(
            x.shape[0],
            height,
            width,
            activation?.Kernel ?? KernelActivation.None,
            input.bytes,
            added is null ? default : added.bytes,
            y.bytes);
        GC.KeepAlive(input);
        GC.KeepAlive(added);
        Tensor result = y.permute(0, 3, 1, 2);
        return activation is { Kernel: null } ? activation.Forward(result) : result;
    }

    private static Tensor ReadWeight(WeightReader weights, ConvolutionShape shape) =>
        weights.Read("weight", shape.Outputs, shape.Inputs / shape.Groups, shape.Kernel, shape.Kernel);
}
