using static TorchSharp.torch;

namespace AlignBench.Nn.Positions;

/// <summary>
/// Trained positions of a square grid of patches, with one for the class token before them, for any grid.
/// </summary>
/// <param name="trained">[1, 1 + side², D]: class token, then the grid row by row.</param>
/// <param name="side">M, patches along a side.</param>
/// <param name="resampling">The convention for other grids.</param>
public sealed class PositionGrid(Tensor trained, int side, GridResampling resampling)
{
    /// <summary>
    /// [1, 1 + rows · columns, D]. The trained grid is taken as it is, any other resampled, one of as many
    /// patches but another shape too. The class token's position always stays as it is.
    /// </summary>
    public Tensor For(int rows, int columns)
    {
        if (rows == side && columns == side)
        {
            return trained;
        }

        long width = trained.shape[2];
        Tensor vertical = Matrix(rows);                                                  // [rows, M]
        Tensor horizontal = Matrix(columns);                                             // [columns, M]
        Tensor grid = trained.narrow(1, 1, (long)side * side).reshape(side, (long)side * width);
        grid = vertical.matmul(grid).reshape(rows, side, width);                         // [rows, M, D]
        grid = horizontal.unsqueeze(0).matmul(grid);                                     // [rows, columns, D]
        return cat([trained.narrow(1, 0, 1), grid.reshape(1, (long)rows * columns, width)], dim: 1);
    }

    private Tensor Matrix(int samples) =>
        tensor(ResamplingMatrix.Create(side, samples, resampling), [samples, side], device: trained.device);
}
