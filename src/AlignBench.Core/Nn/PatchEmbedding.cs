using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>
/// Image -> one token per patch (Dosovitskiy et al. 2021, arXiv:2010.11929); pixels past the last whole patch
/// are dropped.
/// </summary>
public sealed class PatchEmbedding
{
    private readonly Tensor _weight;
    private readonly Tensor? _bias;
    private readonly int _side;

    /// <param name="weights">Has <c>weight</c> [D, channels, side, side] and perhaps <c>bias</c> [D].</param>
    /// <param name="channels">Of the images.</param>
    /// <param name="width">D.</param>
    /// <param name="side">Of a patch, in pixels.</param>
    /// <param name="bias">Whether there is one.</param>
    public PatchEmbedding(WeightReader weights, int channels, int width, int side, bool bias)
    {
        _weight = weights.Read("weight", width, channels, side, side);
        _bias = bias ? weights.Read("bias", width) : null;
        _side = side;
    }

    /// <summary>[B, channels, height, width] -> [B, rows · columns, D], row by row.</summary>
    /// <exception cref="ArgumentException">The image is smaller than a patch.</exception>
    public Tensor Forward(Tensor images, out int rows, out int columns)
    {
        if (images.shape[2] < _side || images.shape[3] < _side)
        {
            throw new ArgumentException(
                $"images of {images.shape[2]} x {images.shape[3]} pixels are smaller than a patch of {_side}",
                nameof(images));
        }

        // [B, D, rows, columns]
        Tensor map = nn.functional.conv2d(images, _weight, _bias, strides: [_side, _side]);
        rows = (int)map.shape[2];
        columns = (int)map.shape[3];
        return map.flatten(2).transpose(1, 2);
    }
}
