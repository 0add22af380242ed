using AlignBench.Interop.Lapack;

namespace AlignBench.Regression.Algebra;

/// <summary>
/// The directions of largest variance of some rows, and the coordinates of any rows on them.
/// </summary>
internal sealed class PrincipalComponents
{
    private readonly double[] _means;
    private readonly Matrix _axes;                 // [k, d], orthonormal rows

    private PrincipalComponents(double[] means, Matrix axes)
    {
        _means = means;
        _axes = axes;
    }

    /// <param name="x">[n, d]; centred here, not scaled.</param>
    /// <param name="count">
    /// Directions wanted, 1 or more; those that X has are kept. Their signs are arbitrary.
    /// </param>
    public static PrincipalComponents Fit(Matrix x, int count)
    {
        double[] means = ColumnScale.MeansOf(x);
        Matrix centred = ColumnScale.Subtract(x, means);
        bool isTall = x.Columns <= x.Rows;
        Matrix product = isTall ? centred.Covariance() : centred.Gram();
        double[] values = Factorization.SymmetricEigen(product.Rows, product.Values);
        double floor = values[^1] * Math.Max(x.Rows, x.Columns) * RidgeDecomposition.Epsilon;
        int k = Math.Min(count, values.Count(value => value > floor));
        Matrix vectors = product.SelectRows([.. Enumerable.Range(1, k).Select(i => values.Length - i)]);
        if (isTall)
        {
            return new PrincipalComponents(means, vectors);
        }

        double[] inverseRoots = [.. Enumerable.Range(1, k).Select(i => 1.0 / Math.Sqrt(values[^i]))];
        return new PrincipalComponents(means, vectors.Times(centred).ScaleRows(inverseRoots));
    }

    /// <summary>(x − mean) Vᵀ, [n, k].</summary>
    public Matrix Transform(Matrix x) => ColumnScale.Subtract(x, _means).TimesTransposed(_axes);
}
