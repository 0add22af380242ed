using AlignBench.Nn.Positions;
using static TorchSharp.torch;

namespace AlignBench.Nn.Convolutions;

/// <summary>
/// The input of a vision transformer: a class token before the patches, positions added to both, then
/// registers between them, which have no position.
/// </summary>
/// <param name="classToken">[1, 1, D].</param>
/// <param name="patches">Image -> patch tokens.</param>
/// <param name="positions">Of class token and patches.</param>
/// <param name="registers">[1, R, D] or none.</param>
/// <param name="maskToken">[1, D], what stands for a patch that is hidden in pre-training, or none.</param>
public sealed class ImageTokens(
    Tensor classToken,
    PatchEmbedding patches,
    PositionGrid positions,
    Tensor? registers = null,
    Tensor? maskToken = null)
{
    /// <summary>[B, channels, height, width] -> [B, 1 + R + rows · columns, D].</summary>
    /// <param name="images">[B, channels, height, width].</param>
    /// <param name="hidden">[B, rows · columns], non-zero for patches to be hidden; none if left out.</param>
    /// <exception cref="ArgumentException">Patches are to be hidden and there is no mask token.</exception>
    public Tensor Forward(Tensor images, Tensor? hidden = null)
    {
        long batch = images.shape[0];
        // [B, rows · columns, D]
        Tensor x = patches.Forward(images, out int rows, out int columns);
        if (hidden is not null)
        {
            Tensor token = maskToken ?? throw new ArgumentException("there is no mask token", nameof(hidden));
            x = where(hidden.ne(0).unsqueeze(-1), token, x);
        }

        x = cat([classToken.expand(batch, -1, -1), x], dim: 1) + positions.For(rows, columns);
        return registers is null
            ? x
            : cat(
                [x.narrow(1, 0, 1), registers.expand(batch, -1, -1), x.narrow(1, 1, x.shape[1] - 1)], dim: 1);
    }
}
