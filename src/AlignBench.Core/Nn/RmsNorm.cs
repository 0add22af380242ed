using AlignBench.Interop.Kernels;
using AlignBench.Nn.Weights;
using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>
/// x / sqrt(mean x² + epsilon) · weight (Zhang and Sennrich 2019, arXiv:1910.07467) over the last axis.
/// </summary>
public sealed class RmsNorm : INorm
{
    private readonly Tensor _weight;
    private readonly double _epsilon;
    private readonly bool _usesKernel;

    /// <param name="weights">Has <c>weight</c>.</param>
    /// <param name="width">Of the last axis.</param>
    /// <param name="epsilon">Added to the mean square.</param>
    /// <param name="addOne">The stored weight is an offset from one (Gemma).</param>
    public RmsNorm(WeightReader weights, long width, double epsilon, bool addOne = false)
    {
        Tensor stored = weights.Read("weight", width);
        _weight = addOne ? weights.Rearrange(stored, weight => weight + 1) : stored;
        _epsilon = epsilon;
        _usesKernel = weights.UsesKernels;
    }

    /// <summary>[..., width] -> the same shape.</summary>
    public Tensor Forward(Tensor x)
    {
        if (_usesKernel && KernelTensors.Fits(x))
        {
            Tensor input = KernelTensors.Input(x);
            Tensor y = KernelTensors.Output(input, _weight.shape[0]);
            CpuKernels.RmsNorm(
                KernelTensors.Rows(input), input.bytes, _weight.bytes, (float)_epsilon, y.bytes);
            GC.KeepAlive(input);
            return y;
        }

        Tensor meanSquare = x.mul(x).mean([-1], keepdim: true);   // [..., 1]
        return x.mul(meanSquare.add_(_epsilon).rsqrt_()).mul_(_weight);
    }
}
