using AlignBench.Features;

namespace AlignBench.Similarity.Geometry;

/// <summary>How far the distances of a map are from those it was made of.</summary>
public static class MdsStress
{
    /// <summary>Σ_{i&lt;j} (d_ij − D_ij)².</summary>
    /// <param name="distances">[n, n], D.</param>
    /// <param name="fitted">[n, n], d.</param>
    public static double Raw(FeatureMatrix distances, FeatureMatrix fitted)
    {
        ArgumentNullException.ThrowIfNull(distances);
        ArgumentNullException.ThrowIfNull(fitted);
        return Vectors.SquaredDistance(distances.Values, fitted.Values) / 2.0;
    }

    /// <summary>Kruskal's stress 1, √(raw / Σ_{i&lt;j} D_ij²).</summary>
    /// <inheritdoc cref="Raw"/>
    public static double Stress1(FeatureMatrix distances, FeatureMatrix fitted) =>
        Math.Sqrt(Raw(distances, fitted) / (Vectors.Dot(distances.Values, distances.Values) / 2.0));

    /// <summary>scikit-learn's normalized stress, √(raw / Σ_{i&lt;j} d_ij²).</summary>
    /// <inheritdoc cref="Raw"/>
    public static double Normalized(FeatureMatrix distances, FeatureMatrix fitted) =>
        Math.Sqrt(Raw(distances, fitted) / (Vectors.Dot(fitted.Values, fitted.Values) / 2.0));

    /// <summary>Euclidean distances of a map's rows, [n, n].</summary>
    public static FeatureMatrix Distances(FeatureMatrix x)
    {
        ArgumentNullException.ThrowIfNull(x);
        int n = x.Rows;
        double[] distances = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double distance = Math.Sqrt(Vectors.SquaredDistance(x.Row(i), x.Row(j)));
                distances[(i * n) + j] = distances[(j * n) + i] = distance;
            }
        }

        return new FeatureMatrix(n, n, distances);
    }
}
