using AlignBench.Features;
using AlignBench.Interop.Lapack;

namespace AlignBench.Similarity.Geometry;

/// <summary>
/// The rotation, scale and shift that bring one space nearest to another of the same width (Schönemann and Carroll
/// 1970): y ≈ s (x - x̄) R + ȳ, R orthogonal. It changes no angle between two items less their mean.
/// </summary>
public sealed class OrthogonalMap
{
    private readonly FeatureMatrix _rotation;       // [d, d], the scale in it
    private readonly double[] _from;
    private readonly double[] _to;

    private OrthogonalMap(FeatureMatrix rotation, double[] from, double[] to)
    {
        _rotation = rotation;
        _from = from;
        _to = to;
    }

    /// <param name="x">[n, d].</param>
    /// <param name="y">[n, d], row i belonging to row i.</param>
    /// <exception cref="ArgumentException">Rows or widths differ.</exception>
    public static OrthogonalMap Fit(FeatureMatrix x, FeatureMatrix y)
    {
        FeatureMatrix.ThrowIfNotPaired(x, y);
        int d = x.Columns;
        if (y.Columns != d)
        {
            throw new ArgumentException($"expected spaces of one width, got {d} and {y.Columns}");
        }

        FeatureMatrix from = RowTransforms.Centred(x);
        double[] cross = new double[d * d];
        Blas.Multiply(
            d, d, x.Rows, 1.0,
            new RowMajor(from.Values, d, isTransposed: true), new RowMajor(RowTransforms.Centred(y).Values, d), 0.0, cross);
        (double[] left, double[] values, double[] right) = Factorization.SingularValues(d, d, cross);
        double squares = Vectors.Dot(from.Values, from.Values);
        double[] rotation = new double[d * d];
        Blas.Multiply(
            d, d, d, squares > 0 ? values.Sum() / squares : 0.0, new RowMajor(left, d), new RowMajor(right, d), 0.0, rotation);
        return new OrthogonalMap(new FeatureMatrix(d, d, rotation), RowTransforms.ColumnMeans(x), RowTransforms.ColumnMeans(y));
    }

    /// <summary>The items in the other space.</summary>
    /// <param name="x">[n, d].</param>
    public FeatureMatrix Apply(FeatureMatrix x)
    {
        ArgumentNullException.ThrowIfNull(x);
        int d = _rotation.Columns;
        double[] shifted = new double[x.Values.Length];
        double[] mapped = new double[x.Values.Length];
        for (int i = 0; i < shifted.Length; i++)
        {
            shifted[i] = x.Values[i] - _from[i % d];
            mapped[i] = _to[i % d];
        }

        Blas.Multiply(
            x.Rows, d, d, 1.0, new RowMajor(shifted, d), new RowMajor(_rotation.Values, d), 1.0, mapped);
        return new FeatureMatrix(x.Rows, d, mapped);
    }
}
