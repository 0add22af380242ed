using AlignBench.Features;
using AlignBench.Statistics;

namespace AlignBench.Similarity.Geometry;

/// <summary>What makes two rows unlike.</summary>
public enum Dissimilarity
{
    /// <summary>1 − Pearson's r of the two rows.</summary>
    Correlation,

    /// <summary>1 − cosine.</summary>
    Cosine,

    /// <summary>|x − y|.</summary>
    Euclidean,

    /// <summary>|x − y|².</summary>
    SquaredEuclidean,
}

/// <summary>
/// A representational dissimilarity matrix (Kriegeskorte et al. 2008), its upper triangle row by row.
/// </summary>
public sealed class DissimilarityMatrix
{
    private DissimilarityMatrix(int rows, double[] values)
    {
        Rows = rows;
        Values = values;
    }

    /// <summary>n.</summary>
    public int Rows { get; }

    /// <summary>[n (n − 1) / 2], pairs i &lt; j. Treat as read-only.</summary>
    public double[] Values { get; }

    /// <param name="x">[n, d]; a row without length (or, for correlation, a constant one) has NaN with all others.</param>
    /// <param name="measure">What makes rows unlike.</param>
    public static DissimilarityMatrix Of(FeatureMatrix x, Dissimilarity measure)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (measure == Dissimilarity.Correlation)
        {
            return Of(RowCentred(x), Dissimilarity.Cosine);
        }

        double[] values = new double[checked((int)((long)x.Rows * (x.Rows - 1) / 2))];
        double[] lengths = [.. Enumerable.Range(0, x.Rows).Select(i => Vectors.Length(x.Row(i)))];
        int place = 0;
        for (int i = 0; i < x.Rows; i++)
        {
            for (int j = i + 1; j < x.Rows; j++)
            {
                values[place++] = measure switch
                {
                    Dissimilarity.Cosine => 1.0 - (Vectors.Dot(x.Row(i), x.Row(j)) / lengths[i] / lengths[j]),
                    Dissimilarity.Euclidean => Math.Sqrt(Vectors.SquaredDistance(x.Row(i), x.Row(j))),
                    _ => Vectors.SquaredDistance(x.Row(i), x.Row(j)),
                };
            }
        }

        return new DissimilarityMatrix(x.Rows, values);
    }

    /// <summary>Where the pair i ≠ j is in <see cref="Values"/>.</summary>
    public int IndexOf(int i, int j)
    {
        (int low, int high) = i < j ? (i, j) : (j, i);
        return (int)(((long)low * Rows) - ((long)low * (low + 1) / 2)) + high - low - 1;
    }

    /// <summary>[n, n], zero on the diagonal.</summary>
    public FeatureMatrix ToSquare()
    {
        double[] square = new double[Rows * Rows];
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Rows; j++)
            {
                square[(i * Rows) + j] = i == j ? 0.0 : Values[IndexOf(i, j)];
            }
        }

        return new FeatureMatrix(Rows, Rows, square);
    }

    private static FeatureMatrix RowCentred(FeatureMatrix x)
    {
        double[] centred = new double[x.Values.Length];
        for (int i = 0; i < x.Rows; i++)
        {
            double mean = Moments.Mean(x.Row(i));
            for (int j = 0; j < x.Columns; j++)
            {
                centred[(i * x.Columns) + j] = x.Row(i)[j] - mean;
            }
        }

        return new FeatureMatrix(x.Rows, x.Columns, centred);
    }
}
