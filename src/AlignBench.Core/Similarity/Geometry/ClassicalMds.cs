using AlignBench.Features;
using AlignBench.Interop.Lapack;

namespace AlignBench.Similarity.Geometry;

/// <summary>Classical multidimensional scaling (Torgerson 1952), signs as scikit-learn's <c>ClassicalMDS</c>.</summary>
/// <param name="Coordinates">[n, dimensions].</param>
/// <param name="Eigenvalues">[n], descending; negative ones say that the distances are not Euclidean.</param>
public sealed record ClassicalMds(FeatureMatrix Coordinates, IReadOnlyList<double> Eigenvalues)
{
    /// <summary>Eigenvectors of B = −½ J D² J, each times √max(λ, 0).</summary>
    /// <param name="distances">[n, n], symmetric.</param>
    /// <param name="dimensions">1 ... n.</param>
    public static ClassicalMds Fit(FeatureMatrix distances, int dimensions)
    {
        ArgumentNullException.ThrowIfNull(distances);
        ArgumentOutOfRangeException.ThrowIfNotEqual(distances.Columns, distances.Rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, distances.Rows);
        int n = distances.Rows;
        double[] vectors = DoublyCentred(distances);
        double[] ascending = Factorization.SymmetricEigen(n, vectors);
        double[] coordinates = new double[n * dimensions];
        for (int c = 0; c < dimensions; c++)
        {
            Span<double> vector = vectors.AsSpan((n - 1 - c) * n, n);
            SignRule.Apply(vector);
            double length = Math.Sqrt(Math.Max(ascending[n - 1 - c], 0.0));
            for (int i = 0; i < n; i++)
            {
                coordinates[(i * dimensions) + c] = vector[i] * length;
            }
        }

        return new ClassicalMds(new FeatureMatrix(n, dimensions, coordinates), [.. ascending.Reverse()]);
    }

    private static double[] DoublyCentred(FeatureMatrix distances)
    {
        int n = distances.Rows;
        double[] squares = [.. distances.Values.Select(value => value * value)];
        double[] rowMeans = new double[n];
        double[] columnMeans = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                rowMeans[i] += squares[(i * n) + j] / n;
                columnMeans[j] += squares[(i * n) + j] / n;
            }
        }

        double mean = rowMeans.Sum() / n;
        double[] centred = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double one = squares[(i * n) + j] - rowMeans[i] - columnMeans[j] + mean;
                double other = squares[(j * n) + i] - rowMeans[j] - columnMeans[i] + mean;
                centred[(i * n) + j] = centred[(j * n) + i] = -(one + other) / 4.0;
            }
        }

        return centred;
    }
}
