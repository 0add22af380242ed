using AlignBench.Features;
using AlignBench.Interop.Lapack;

namespace AlignBench.Similarity.Geometry;

/// <summary>
/// Metric multidimensional scaling by stress majorization (de Leeuw 1977), as <c>sklearn.manifold.smacof</c> from
/// one given start.
/// </summary>
/// <param name="Coordinates">[n, dimensions].</param>
/// <param name="Stress">Σ_{i&lt;j} (d_ij − D_ij)².</param>
/// <param name="Iterations">Guttman transforms done.</param>
public sealed record Smacof(FeatureMatrix Coordinates, double Stress, int Iterations)
{
    private const double LeastDistance = 1e-5;               // scikit-learn's, in place of 0

    /// <param name="distances">[n, n], symmetric: D.</param>
    /// <param name="start">[n, dimensions].</param>
    /// <param name="iterations">At most so many, 1 or more.</param>
    /// <param name="epsilon">Stops when the stress falls by less than this times Σ_{i&lt;j} d_ij².</param>
    public static Smacof Fit(FeatureMatrix distances, FeatureMatrix start, int iterations, double epsilon)
    {
        ArgumentNullException.ThrowIfNull(distances);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        FeatureMatrix.ThrowIfNotPaired(distances, start);
        FeatureMatrix x = start;
        FeatureMatrix fitted = MdsStress.Distances(x);
        double stress = double.NaN;
        for (int done = 1; ; done++)
        {
            x = Transform(distances, fitted, x);
            fitted = MdsStress.Distances(x);
            double previous = stress;
            stress = MdsStress.Raw(distances, fitted);
            double squares = Vectors.Dot(fitted.Values, fitted.Values) / 2.0;
            if (done == iterations || (previous - stress) / squares < epsilon)
            {
                return new Smacof(x, stress, done);
            }
        }
    }

    // Guttman 1968: X ← B X / n, B_ij = −D_ij / d_ij off the diagonal, rows summing to 0.
    private static FeatureMatrix Transform(FeatureMatrix distances, FeatureMatrix fitted, FeatureMatrix x)
    {
        int n = x.Rows;
        double[] b = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            double sum = 0.0;
            for (int j = 0; j < n; j++)
            {
                double distance = fitted.Row(i)[j];
                double ratio = distances.Row(i)[j] / (distance == 0.0 ? LeastDistance : distance);
                b[(i * n) + j] = -ratio;
                sum += ratio;
            }

            b[(i * n) + i] += sum;
        }

        double[] moved = new double[x.Values.Length];
        Blas.Multiply(n, x.Columns, n, 1.0 / n, new RowMajor(b, n), new RowMajor(x.Values, x.Columns), 0.0, moved);
        return new FeatureMatrix(n, x.Columns, moved);
    }
}
