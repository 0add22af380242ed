using AlignBench.Nn;
using static TorchSharp.torch;

namespace AlignBench.Models;

/// <summary>DINOv2's input: patches by convolution, class token, positions, then registers (which have no position).</summary>
internal sealed class Dinov2Embeddings
{
    private readonly PatchEmbedding _patches;
    private readonly PositionGrid _positions;
    private readonly Tensor _classToken;
    private readonly Tensor? _registers;

    public Dinov2Embeddings(Dinov2Config config, WeightReader weights)
    {
        _patches = new PatchEmbedding(
            weights.Under("patch_embeddings.projection"), config.Channels, config.Width, config.PatchSide, bias: true);
        int gridSide = config.ImageSide / config.PatchSide;
        _positions = new PositionGrid(
            weights.Read("position_embeddings", 1, 1 + ((long)gridSide * gridSide), config.Width),
            gridSide,
            config.Registers is null ? GridResampling.Bicubic : GridResampling.BicubicAntialias);
        _classToken = weights.Read("cls_token", 1, 1, config.Width);
        _registers = config.Registers is int count ? weights.Read("register_tokens", 1, count, config.Width) : null;
    }

    /// <summary>[B, 3, height, width] -> [B, 1 + registers + rows · columns, D].</summary>
    public Tensor Forward(Tensor images)
    {
        long batch = images.shape[0];
        Tensor patches = _patches.Forward(images, out int rows, out int columns);        // [B, rows · columns, D]
        Tensor x = cat([_classToken.expand(batch, -1, -1), patches], dim: 1);
        x = x + _positions.For(rows, columns);
        return _registers is null
            ? x
            : cat([x.narrow(1, 0, 1), _registers.expand(batch, -1, -1), x.narrow(1, 1, x.shape[1] - 1)], dim: 1);
    }
}
