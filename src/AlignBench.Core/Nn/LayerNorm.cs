using AlignBench.Interop.Kernels;
using AlignBench.Nn.Weights;
using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>
/// Layer normalisation (Ba et al. 2016, arXiv:1607.06450) over the last axis, biased variance.
/// </summary>
public sealed class LayerNorm : INorm
{
    private readonly long[] _width;
    private readonly double _epsilon;
    private readonly bool _usesKernel;
    private readonly Tensor? _weight;
    private readonly Tensor? _bias;

    /// <summary>
    /// With <c>weight</c> and <c>bias</c> from a checkpoint (<c>gamma</c> and <c>beta</c> in TensorFlow's).
    /// </summary>
    public LayerNorm(WeightReader weights, long width, double epsilon)
        : this(width, epsilon, weights.UsesKernels)
    {
        bool oldNames = weights.Has("gamma");
        _weight = weights.Read(oldNames ? "gamma" : "weight", width);
        _bias = weights.Read(oldNames ? "beta" : "bias", width);
    }

    /// <summary>Without weights (OLMo).</summary>
    /// <param name="width">Of the last axis.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="usesKernel">Whether the CPU's kernel does it.</param>
    public LayerNorm(long width, double epsilon, bool usesKernel = false)
    {
        _usesKernel = usesKernel;
        _width = [width];
        _epsilon = epsilon;
    }

    /// <summary>[..., width] -> the same shape.</summary>
    public Tensor Forward(Tensor x)
    {
        if (!_usesKernel || !KernelTensors.Fits(x))
        {
            return nn.functional.layer_norm(x, _width, _weight, _bias, _epsilon);
        }

        Tensor input = KernelTensors.Input(x);
        Tensor y = KernelTensors.Output(input, _width[0]);
        CpuKernels.LayerNorm(
            KernelTensors.Rows(input),
            input.bytes,
            _weight is null ? default : _weight.bytes,
            _bias is null ? default : _bias.bytes,
            (float)_epsilon,
            y.bytes);
        GC.KeepAlive(input);
        return y;
    }
}
