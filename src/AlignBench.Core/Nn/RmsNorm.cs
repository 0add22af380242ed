using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>
/// x / sqrt(mean x² + epsilon) · weight (Zhang and Sennrich 2019, arXiv:1910.07467) over the last axis.
/// </summary>
public sealed class RmsNorm : INorm
{
    private readonly Tensor _weight;
    private readonly double _epsilon;

    /// <param name="weights">Has <c>weight</c>.</param>
    /// <param name="width">Of the last axis.</param>
    /// <param name="epsilon">Added to the mean square.</param>
    /// <param name="addOne">The stored weight is an offset from one (Gemma).</param>
    public RmsNorm(WeightReader weights, long width, double epsilon, bool addOne = false)
    {
        Tensor stored = weights.Read("weight", width);
        _weight = addOne ? weights.Rearrange(stored, weight => weight + 1) : stored;
        _epsilon = epsilon;
    }

    /// <summary>[..., width] -> the same shape.</summary>
    public Tensor Forward(Tensor x)
    {
        Tensor meanSquare = x.mul(x).mean([-1], keepdim: true);   // [..., 1]
        return x.mul(meanSquare.add_(_epsilon).rsqrt_()).mul_(_weight);
    }
}
