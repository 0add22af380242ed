using static TorchSharp.torch;

namespace AlignBench.Models;

/// <summary>What a convolutional network makes, as the tokens that pooling works on.</summary>
internal static class FeatureMap
{
    /// <summary>[B, C, height, width] -> [B, height · width, C], row by row.</summary>
    public static Tensor Tokens(Tensor map) => map.flatten(2).transpose(1, 2);

    /// <summary>
    /// The tokens of each map of a stack, made when they are asked for: the caller's to dispose. The maps are not his,
    /// and may be freed before the tokens are.
    /// </summary>
    /// <param name="embed">Map 0.</param>
    /// <param name="layers">Each a map from the one before.</param>
    public static IEnumerable<Tensor> States(Func<Tensor> embed, IEnumerable<Func<Tensor, Tensor>> layers)
    {
        Tensor map = Blocks.Run(embed).DetachFromDisposeScope();
        try
        {
            foreach (Func<Tensor, Tensor> layer in layers)
            {
                yield return Tokens(map);
                Tensor before = map;
                map = Blocks.Run(() => layer(before)).DetachFromDisposeScope();
                before.Dispose();
            }

            yield return Tokens(map);
        }
        finally
        {
            map.Dispose();
        }
    }

    /// <summary>What can be taken of maps: means over all positions; pooled is that of the last.</summary>
    public static TokenFeatures Features(int depth) => new()
    {
        Depth = depth,
        IsOfImages = true,
        HasClassToken = false,
        Pooled = (tokens, _) => tokens.mean([1]),
    };
}
