using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>
/// The input of a vision transformer: a class token before the patches, positions added to both, then
/// registers between them, which have no position.
/// </summary>
/// <param name="classToken">[1, 1, D].</param>
/// <param name="patches">Image -> patch tokens.</param>
/// <param name="positions">Of class token and patches.</param>
/// <param name="registers">[1, R, D] or none.</param>
public sealed class ImageTokens(
    Tensor classToken, PatchEmbedding patches, PositionGrid positions, Tensor? registers = null)
{
    /// <summary>[B, channels, height, width] -> [B, 1 + R + rows · columns, D].</summary>
    public Tensor Forward(Tensor images)
    {
        long batch = images.shape[0];
        // [B, rows · columns, D]
        Tensor x = patches.Forward(images, out int rows, out int columns);
        x = cat([classToken.expand(batch, -1, -1), x], dim: 1) + positions.For(rows, columns);
        return registers is null
            ? x
            : cat(
                [x.narrow(1, 0, 1), registers.expand(batch, -1, -1), x.narrow(1, 1, x.shape[1] - 1)], dim: 1);
    }
}
