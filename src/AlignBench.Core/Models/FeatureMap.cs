using static TorchSharp.torch;

namespace AlignBench.Models;

/// <summary>What a convolutional network makes, as the tokens that pooling works on.</summary>
internal static class FeatureMap
{
    /// <summary>[B, C, height, width] -> [B, height · width, C], row by row.</summary>
    public static Tensor Tokens(Tensor map) => map.flatten(2).transpose(1, 2);

    /// <summary>What can be taken of maps: means over all positions; pooled is that of the last.</summary>
    public static TokenFeatures Features(int depth) => new()
    {
        Depth = depth,
        IsOfImages = true,
        HasClassToken = false,
        Pooled = (tokens, _) => tokens.mean([1]),
    };
}
