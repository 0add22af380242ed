using AlignBench.Interop.Lapack;
using AlignBench.Regression.Algebra;

namespace AlignBench.Regression.Alphas;

/// <summary>
/// Squared length of training rows' residuals, E + U diag(s) Z over all targets, for any shrinkage s. Z enters as
/// the triangle L of Z = L Q (rows of M Z and M L have the same length), so that a row and an α cost k min(k, t)
/// products or half of that, however many targets there are.
/// </summary>
internal sealed class ResidualNorms
{
    // Of the triangle: narrow ones have few zeros below their own diagonal, wide ones suit the product.
    private const int BlockColumns = 128;

    private readonly Matrix _basis;              // U, [n, k]
    private readonly Matrix? _remainder;         // E, [n, t], where it is added before the lengths are taken
    private readonly Matrix _factor;             // L, [k, min(k, t)], or Z beside a remainder
    private readonly double[] _remainderSquares; // Σ E², [n]
    private readonly Matrix? _crossProducts;     // U ∘ (E Zᵀ), [n, k], where E enters through its products
    private double[] _scaled = [];               // room for U diag(s), and for the products, from call to call
    private double[] _product = [];

    public ResidualNorms(RidgeDecomposition decomposition, RidgeTargets targets)
    {
        _basis = decomposition.Basis;
        _remainderSquares = new double[_basis.Rows];
        Matrix z = targets.Coordinates;
        if (targets.Remainder is not Matrix remainder)
        {
            _factor = z.LowerTriangle();
            return;
        }

        for (int i = 0; i < _remainderSquares.Length; i++)
        {
            _remainderSquares[i] = VectorMath.Dot(remainder.Row(i), remainder.Row(i));
        }

        if (z.Columns <= z.Rows)
        {
            _remainder = remainder;
            _factor = z;
            return;
        }

        // Σ_t (E + F)² = Σ E² + 2 Σ E F + Σ F². E and F are orthogonal over the rows, so little cancels.
        _crossProducts = remainder.TimesTransposed(z).TimesElements(_basis);
        _factor = z.LowerTriangle();
    }

    /// <summary>Products of numbers that one α takes over all rows, at most.</summary>
    public long Work => (long)_basis.Rows * _factor.Rows * _factor.Columns;

    /// <summary>The sums over all rows, [alphas]: Σ E² + Σ_j s_j² |Z_j|², since U's columns are orthonormal.</summary>
    /// <param name="shrinkage">s of each α, [alphas, k].</param>
    public double[] Totals(Matrix shrinkage)
    {
        double[] lengths = [.. Enumerable.Range(0, _factor.Rows).Select(j => VectorMath.Dot(_factor.Row(j), _factor.Row(j)))];
        double[] totals = new double[shrinkage.Rows];
        for (int a = 0; a < totals.Length; a++)
        {
            ReadOnlySpan<double> s = shrinkage.Row(a);
            totals[a] = _remainderSquares.Sum();
            for (int j = 0; j < lengths.Length; j++)
            {
                totals[a] += s[j] * s[j] * lengths[j];
            }
        }

        return totals;
    }

    /// <summary>[alphas, rows], squared units of the targets.</summary>
    /// <param name="shrinkage">s of each α, [alphas, k].</param>
    /// <param name="rows">Training rows, in any order.</param>
    public Matrix Of(Matrix shrinkage, int[] rows)
    {
        Matrix squares = new(shrinkage.Rows, rows.Length);
        int k = _basis.Columns;
        int height = squares.Values.Length;
        if (_scaled.Length < height * k)
        {
            _scaled = new double[height * k];
            _product = new double[height * BlockColumns];
        }

        for (int a = 0; a < shrinkage.Rows; a++)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                Span<double> scaled = _scaled.AsSpan(((a * rows.Length) + i) * k, k);      // α above α
                VectorMath.Multiply(_basis.Row(rows[i]), shrinkage.Row(a), scaled);
            }
        }

        AddProducts(rows, squares);
        if (_crossProducts is not null)
        {
            Matrix cross = shrinkage.TimesTransposed(_crossProducts.SelectRows(rows));
            for (int i = 0; i < squares.Values.Length; i++)
            {
                double ofRow = _remainderSquares[rows[i % rows.Length]];
                squares.Values[i] = Math.Max(0.0, ofRow + (2.0 * cross.Values[i]) + squares.Values[i]);
            }
        }

        return squares;
    }

    // Column block after column block of U diag(s) L; the rows of L above a block's diagonal are zero and left out.
    private void AddProducts(int[] rows, Matrix squares)
    {
        int k = _basis.Columns;
        int height = squares.Values.Length;
        for (int start = 0; start < _factor.Columns; start += BlockColumns)
        {
            int width = Math.Min(BlockColumns, _factor.Columns - start);
            int first = _remainder is null ? start : 0;
            Blas.Multiply(
                height, width, k - first, 1.0,
                new RowMajor(_scaled.AsSpan(first), k),
                new RowMajor(_factor.Values.AsSpan((first * _factor.Columns) + start), _factor.Columns),
                0.0, _product);
            for (int i = 0; i < height; i++)
            {
                Span<double> row = _product.AsSpan(i * width, width);
                if (_remainder is not null)
                {
                    VectorMath.Add(_remainder.Row(rows[i % rows.Length]).Slice(start, width), row);
                }

                squares.Values[i] += VectorMath.Dot(row, row);
            }
        }
    }
}
