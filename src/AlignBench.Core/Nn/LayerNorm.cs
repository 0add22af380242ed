using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>
/// Layer normalisation (Ba et al. 2016, arXiv:1607.06450) over the last axis, biased variance.
/// </summary>
public sealed class LayerNorm : INorm
{
    private readonly long[] _width;
    private readonly double _epsilon;
    private readonly Tensor? _weight;
    private readonly Tensor? _bias;

    /// <summary>
    /// With <c>weight</c> and <c>bias</c> from a checkpoint (<c>gamma</c> and <c>beta</c> in TensorFlow's).
    /// </summary>
    public LayerNorm(WeightReader weights, long width, double epsilon)
        : this(width, epsilon)
    {
        bool oldNames = weights.Has("gamma");
        _weight = weights.Read(oldNames ? "gamma" : "weight", width);
        _bias = weights.Read(oldNames ? "beta" : "bias", width);
    }

    /// <summary>Without weights (OLMo).</summary>
    public LayerNorm(long width, double epsilon)
    {
        _width = [width];
        _epsilon = epsilon;
    }

    /// <summary>[..., width] -> the same shape.</summary>
    public Tensor Forward(Tensor x) => nn.functional.layer_norm(x, _width, _weight, _bias, _epsilon);
}
