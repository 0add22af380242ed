using AlignBench.Features;
using AlignBench.Interop.Lapack;

namespace AlignBench.Similarity.Geometry;

/// <summary>Canonical correlations (Hotelling 1936) and SVCCA (Raghu et al. 2017, arXiv:1706.05806), both exact.</summary>
public static class CanonicalCorrelation
{
    private const double Epsilon = 2.220446049250313e-16;     // double.Epsilon is the smallest subnormal

    /// <summary>Canonical correlations of all directions; all 1, and meaningless, where a side has n − 1 or more.</summary>
    /// <param name="x">[n, d1].</param>
    /// <param name="y">[n, d2].</param>
    /// <returns>[min of the ranks], descending.</returns>
    public static double[] Correlations(FeatureMatrix x, FeatureMatrix y)
    {
        FeatureMatrix.ThrowIfNotPaired(x, y);
        return OfBases(Basis(RowTransforms.Centred(x), int.MaxValue), Basis(RowTransforms.Centred(y), int.MaxValue));
    }

    /// <summary>
    /// Mean canonical correlation of the first <paramref name="components"/> left singular vectors of each side, its
    /// columns centred and divided by their standard deviation (n − 1).
    /// </summary>
    /// <remarks>
    /// minyoungg/platonic-rep's <c>svcca</c> approximates this at random (a randomized SVD, an iterative CCA, added
    /// noise): its numbers spread by .06 over seeds, and may lie wholly below.
    /// </remarks>
    /// <returns>0 to 1.</returns>
    public static double Svcca(FeatureMatrix x, FeatureMatrix y, int components = SvccaSide.DefaultComponents) =>
        new SvccaSide(x, components).Score(new SvccaSide(y, components));

    /// <summary>Left singular vectors, as many as there are and are wanted, [rank, n].</summary>
    internal static FeatureMatrix Basis(FeatureMatrix x, int count)
    {
        double[] transposed = new double[x.Values.Length];
        for (int i = 0; i < x.Rows; i++)
        {
            for (int j = 0; j < x.Columns; j++)
            {
                transposed[(j * x.Rows) + i] = x.Values[(i * x.Columns) + j];
            }
        }

        (_, double[] values, double[] right) = Factorization.SingularValues(x.Columns, x.Rows, transposed);
        double floor = values.FirstOrDefault() * Math.Max(x.Rows, x.Columns) * Epsilon;
        int rank = Math.Min(count, values.Count(value => value > floor));
        return new FeatureMatrix(rank, x.Rows, right[..(rank * x.Rows)]);
    }

    /// <summary>Singular values of the product of two bases, [rank, n] each.</summary>
    internal static double[] OfBases(FeatureMatrix a, FeatureMatrix b)
    {
        double[] product = new double[a.Rows * b.Rows];
        Blas.Multiply(
            a.Rows, b.Rows, a.Columns, 1.0,
            new RowMajor(a.Values, a.Columns), new RowMajor(b.Values, b.Columns, isTransposed: true), 0.0, product);
        return [.. Factorization.SingularValues(a.Rows, b.Rows, product).Values.Select(value => Math.Min(value, 1.0))];
    }
}
