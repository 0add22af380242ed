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

    // Columns of one product: enough for U not to be packed anew for every block of every α.
    private const int ProductColumns = 768;

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
            _crossProducts = remainder.TimesTransposed(z).TimesElements(_basis);
            for (int i = 0; i < _remainderSquares.Length; i++)
            {
                _remainderSquares[i] = VectorMath.Dot(remainder.Row(i), remainder.Row(i));
            }
        }

        _factor = z.LowerTriangle();
    }

    /// <summary>[alphas, n], squared units of the targets.</summary>
    /// <param name="shrinkage">s of each α, [alphas, k].</param>
    public Matrix Of(Matrix shrinkage)
    {
        Matrix squares = new(shrinkage.Rows, _basis.Rows);
        if (_remainder is not null)
        {
            AddSums(shrinkage, squares);
            return squares;
        }

        AddTriangularProducts(shrinkage, squares);
        if (_crossProducts is not null)
        {
            Matrix cross = shrinkage.TimesTransposed(_crossProducts);
            for (int a = 0; a < squares.Rows; a++)
            {
                Span<double> row = squares.Row(a);
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] = Math.Max(0.0, _remainderSquares[i] + (2.0 * cross[a, i]) + row[i]);
                }
            }
        }

        return squares;
    }

    private void AddSums(Matrix shrinkage, Matrix squares)
    {
        Matrix residuals = new(_basis.Rows, _factor.Columns);
        for (int a = 0; a < shrinkage.Rows; a++)
        {
            _remainder!.Values.CopyTo(residuals.Values, 0);
            residuals.Add(1.0, _basis, _factor.ScaleRows(shrinkage.Row(a)));
            for (int i = 0; i < residuals.Rows; i++)
            {
                squares.Row(a)[i] = VectorMath.Dot(residuals.Row(i), residuals.Row(i));
            }
        }
    }

    // Column block after column block of U diag(s) L, several α side by side; the rows of L above a block's
    // diagonal are zero and left out.
    private void AddTriangularProducts(Matrix shrinkage, Matrix squares)
    {
        int k = _basis.Columns;
        int widest = Math.Clamp(_factor.Columns, 1, BlockColumns);
        int group = Math.Min(shrinkage.Rows, ProductColumns / widest);
        double[] scaled = new double[k * ProductColumns];
        double[] product = new double[_basis.Rows * ProductColumns];
        for (int start = 0; start < _factor.Columns; start += BlockColumns)
        {
            int width = Math.Min(BlockColumns, _factor.Columns - start);
            for (int first = 0; first < shrinkage.Rows; first += group)
            {
                int count = Math.Min(group, shrinkage.Rows - first);
                ScaleBlock(start, width, shrinkage, first, count, scaled);
                Blas.Multiply(
                    _basis.Rows, count * width, k - start, 1.0,
                    new RowMajor(_basis.Values.AsSpan(start), k), new RowMajor(scaled, count * width),
                    0.0, product);
                AddSquares(product, width, first, count, squares);
            }
        }
    }

    // Rows start … k − 1 of diag(s) L, columns start … start + width − 1, for each of the α: [k − start,
    // count * width].
    private void ScaleBlock(int start, int width, Matrix shrinkage, int first, int count, double[] scaled)
    {
        for (int j = start; j < _basis.Columns; j++)
        {
            ReadOnlySpan<double> from = _factor.Row(j).Slice(start, width);
            for (int a = 0; a < count; a++)
            {
                Span<double> to = scaled.AsSpan((((j - start) * count) + a) * width, width);
                VectorMath.Scale(from, shrinkage[first + a, j], to);
            }
        }
    }

    private static void AddSquares(double[] product, int width, int first, int count, Matrix squares)
    {
        for (int i = 0; i < squares.Columns; i++)
        {
            for (int a = 0; a < count; a++)
            {
                ReadOnlySpan<double> row = product.AsSpan(((i * count) + a) * width, width);
                squares.Values[((first + a) * squares.Columns) + i] += VectorMath.Dot(row, row);
            }
        }
    }
}
