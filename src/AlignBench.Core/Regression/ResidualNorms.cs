using AlignBench.Interop.Lapack;

namespace AlignBench.Regression;

/// <summary>
/// Squared length of each training row's residual, E + U diag(s) Z over all targets, for any shrinkage s. Z
/// enters as the triangle L of Z = L Q (rows of M Z and M L have the same length), so that an α costs n k
/// min(k, t) products or half of that, however many targets there are.
/// </summary>
internal sealed class ResidualNorms
{
    private const int BlockColumns = 128;

    private readonly Matrix _basis;              // U, [n, k]
    private readonly Matrix? _remainder;         // E, [n, t], where it is added before the lengths are taken
    private readonly Matrix _factor;             // L, [k, min(k, t)], or Z beside a remainder
    private readonly double[] _remainderSquares; // Σ E², [n], where E enters through its products
    private readonly Matrix? _crossProducts;     // U ∘ (E Zᵀ), [n, k]

    public ResidualNorms(RidgeDecomposition decomposition, RidgeTargets targets)
    {
        _basis = decomposition.Basis;
        _remainderSquares = new double[_basis.Rows];
        Matrix z = targets.Coordinates;
        Matrix? remainder = targets.Remainder;
        if (remainder is not null && z.Columns <= z.Rows)
        {
            _remainder = remainder;
            _factor = z;
            return;
        }

        if (remainder is not null)
        {
            // Σ_t (E + F)² = Σ E² + 2 Σ E F + Σ F². E and F are orthogonal over the rows, so little cancels.
            _crossProducts = remainder.TimesTransposed(z);
            for (int i = 0; i < _basis.Values.Length; i++)
            {
                _crossProducts.Values[i] *= _basis.Values[i];
            }

            AddSquares(remainder.Values, remainder.Columns, _remainderSquares);
        }

        _factor = z.LowerTriangle();
    }

    /// <summary>[n], squared units of the targets.</summary>
    /// <param name="shrinkage">s, [k].</param>
    public double[] Of(double[] shrinkage)
    {
        Matrix scaled = _factor.ScaleRows(shrinkage);
        double[] squares = [.. _remainderSquares];
        if (_remainder is not null)
        {
            Matrix residuals = _remainder.Copy();
            residuals.Add(1.0, _basis, scaled);
            AddSquares(residuals.Values, residuals.Columns, squares);
            return squares;
        }

        AddTriangularProduct(scaled, squares);
        if (_crossProducts is not null)
        {
            for (int i = 0; i < squares.Length; i++)
            {
                Span<double> row = _crossProducts.Row(i);
                double cross = 0.0;
                for (int j = 0; j < row.Length; j++)
                {
                    cross += row[j] * shrinkage[j];
                }

                squares[i] = Math.Max(0.0, squares[i] + (2.0 * cross));
            }
        }

        return squares;
    }

    // Column block after column block of U L; the rows of L above a block's diagonal are zero and left out.
    private void AddTriangularProduct(Matrix lower, double[] squares)
    {
        int n = _basis.Rows;
        int k = _basis.Columns;
        double[] block = new double[n * Math.Min(BlockColumns, lower.Columns)];
        for (int start = 0; start < lower.Columns; start += BlockColumns)
        {
            int width = Math.Min(BlockColumns, lower.Columns - start);
            Blas.Multiply(
                n, width, k - start, 1.0,
                new RowMajor(_basis.Values.AsSpan(start), k),
                new RowMajor(lower.Values.AsSpan((start * lower.Columns) + start), lower.Columns),
                0.0, block);
            AddSquares(block.AsSpan(0, n * width), width, squares);
        }
    }

    private static void AddSquares(ReadOnlySpan<double> values, int columns, double[] squares)
    {
        for (int i = 0; i < squares.Length; i++)
        {
            double sum = 0.0;
            foreach (double value in values.Slice(i * columns, columns))
            {
                sum += value * value;
            }

            squares[i] += sum;
        }
    }
}
