using AlignBench.Features;
using AlignBench.Interop.Lapack;

namespace AlignBench.Similarity.Geometry;

/// <summary>
/// Principal components, as scikit-learn's <c>PCA(svd_solver="full")</c>: the entry of largest |value| in each
/// component is positive.
/// </summary>
public sealed class Pca
{
    private readonly double[] _rightVectors;                 // [k, d]

    private Pca(int count, double[] mean, double[] rightVectors, double[] singularValues, double[] variance, double total)
    {
        Count = count;
        Mean = mean;
        _rightVectors = rightVectors;
        SingularValues = singularValues;
        ExplainedVariance = variance;
        ExplainedVarianceRatio = [.. variance.Select(value => value / total)];
    }

    /// <summary>k.</summary>
    public int Count { get; }

    /// <summary>[d], subtracted from rows before they are projected.</summary>
    public IReadOnlyList<double> Mean { get; }

    /// <summary>[k, d], orthonormal rows.</summary>
    public FeatureMatrix Components => new(Count, Mean.Count, _rightVectors);

    /// <summary>[k], descending.</summary>
    public IReadOnlyList<double> SingularValues { get; }

    /// <summary>[k], σ² / (n − 1).</summary>
    public IReadOnlyList<double> ExplainedVariance { get; }

    /// <summary>[k], the share of the variance of all columns.</summary>
    public IReadOnlyList<double> ExplainedVarianceRatio { get; }

    /// <param name="x">[n, d], n of 2 or more.</param>
    /// <param name="count">k, at most min(n, d).</param>
    public static Pca Fit(FeatureMatrix x, int count)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfLessThan(x.Rows, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Math.Min(x.Rows, x.Columns));
        double[] centred = RowTransforms.Centred(x).Values;
        double total = Vectors.Dot(centred, centred) / (x.Rows - 1);
        (_, double[] values, double[] right) = Factorization.SingularValues(x.Rows, x.Columns, centred);
        double[] components = right[..(count * x.Columns)];
        for (int i = 0; i < count; i++)
        {
            SignRule.Apply(components.AsSpan(i * x.Columns, x.Columns));
        }

        double[] kept = values[..count];
        double[] variance = [.. kept.Select(value => value * value / (x.Rows - 1))];
        return new Pca(count, RowTransforms.ColumnMeans(x), components, kept, variance, total);
    }

    /// <summary>Coordinates of rows on the components, [n, k].</summary>
    public FeatureMatrix Transform(FeatureMatrix x)
    {
        ArgumentNullException.ThrowIfNull(x);
        double[] mean = [.. Mean];
        double[] scores = new double[x.Rows * Count];
        double[] row = new double[x.Columns];
        for (int i = 0; i < x.Rows; i++)
        {
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = x.Row(i)[j] - mean[j];
            }

            for (int c = 0; c < Count; c++)
            {
                scores[(i * Count) + c] = Vectors.Dot(row, _rightVectors.AsSpan(c * row.Length, row.Length));
            }
        }

        return new FeatureMatrix(x.Rows, Count, scores);
    }

    /// <summary>Coordinates divided by √explained variance, [n, k].</summary>
    public FeatureMatrix Whiten(FeatureMatrix x)
    {
        double[] scores = Transform(x).Values;
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] /= Math.Sqrt(ExplainedVariance[i % Count]);
        }

        return new FeatureMatrix(scores.Length / Count, Count, scores);
    }
}
