using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>x · γ, one γ per channel (Touvron et al. 2021, arXiv:2103.17239).</summary>
public sealed class LayerScale(WeightReader weights, string name, long width)
{
    private readonly Tensor _gamma = weights.Read(name, width);

    /// <summary>[..., width] -> the same shape.</summary>
    public Tensor Forward(Tensor x) => x.mul(_gamma);
}
