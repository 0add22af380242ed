using AlignBench.Nn.Weights;
using static TorchSharp.torch;

namespace AlignBench.Nn.Convolutions;

/// <summary>
/// Image -> one token per patch (Dosovitskiy et al. 2021, arXiv:2010.11929); pixels past the last whole patch
/// are dropped.
/// </summary>
public sealed class PatchEmbedding
{
    private readonly Tensor? _weight;
    private readonly Tensor? _bias;
    private readonly Linear? _linear;
    private readonly int _side;

    /// <param name="weights">Has <c>weight</c> [D, channels, side, side] and perhaps <c>bias</c> [D].</param>
    /// <param name="channels">Of the images.</param>
    /// <param name="width">D.</param>
    /// <param name="side">Of a patch, in pixels.</param>
    /// <param name="bias">Whether there is one.</param>
    public PatchEmbedding(WeightReader weights, int channels, int width, int side, bool bias)
    {
        Tensor weight = weights.Read("weight", width, channels, side, side);
        Tensor? offsets = bias ? weights.Read("bias", width) : null;
        if (weights.UsesKernels)
        {
            _linear = new Linear(weights, weight, offsets);
        }
        else
        {
            _weight = weight;
            _bias = offsets;
        }

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

        rows = (int)images.shape[2] / _side;
        columns = (int)images.shape[3] / _side;
        return _linear is not null
            ? _linear.Forward(Patches(images, rows, columns))
            : nn.functional.conv2d(images, _weight!, _bias, strides: [_side, _side])  // [B, D, rows, columns]
                .flatten(2)
                .transpose(1, 2);
    }

    /// <summary>[B, channels, height, width] -> [B, rows · columns, channels · side · side].</summary>
    private Tensor Patches(Tensor images, int rows, int columns)
    {
        long batch = images.shape[0];
        long channels = images.shape[1];
        return images
            .narrow(2, 0, (long)rows * _side)
            .narrow(3, 0, (long)columns * _side)
            .reshape(batch, channels, rows, _side, columns, _side)
            .permute(0, 2, 4, 1, 3, 5)
            .reshape(batch, (long)rows * columns, channels * _side * _side);
    }
}
