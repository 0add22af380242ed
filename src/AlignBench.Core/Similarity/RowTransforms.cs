using AlignBench.Features;

namespace AlignBench.Similarity;

/// <summary>New matrices made of a matrix's rows.</summary>
public static class RowTransforms
{
    /// <summary>Each row divided by its length; rows of zeros stay.</summary>
    public static FeatureMatrix Unit(FeatureMatrix x)
    {
        ArgumentNullException.ThrowIfNull(x);
        double[] unit = new double[x.Values.Length];
        for (int i = 0; i < x.Rows; i++)
        {
            ReadOnlySpan<double> row = x.Row(i);
            double length = Vectors.Length(row);
            for (int j = 0; j < row.Length; j++)
            {
                unit[(i * x.Columns) + j] = length > 0.0 ? row[j] / length : 0.0;
            }
        }

        return new FeatureMatrix(x.Rows, x.Columns, unit);
    }

    /// <summary>Each column less its mean.</summary>
    public static FeatureMatrix Centred(FeatureMatrix x)
    {
        ArgumentNullException.ThrowIfNull(x);
        double[] means = ColumnMeans(x);
        double[] centred = new double[x.Values.Length];
        for (int i = 0; i < x.Rows; i++)
        {
            ReadOnlySpan<double> row = x.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                centred[(i * x.Columns) + j] = row[j] - means[j];
            }
        }

        return new FeatureMatrix(x.Rows, x.Columns, centred);
    }

    /// <summary>[d].</summary>
    public static double[] ColumnMeans(FeatureMatrix x)
    {
        ArgumentNullException.ThrowIfNull(x);
        double[] means = new double[x.Columns];
        for (int i = 0; i < x.Rows; i++)
        {
            ReadOnlySpan<double> row = x.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                means[j] += row[j];
            }
        }

        for (int j = 0; j < means.Length; j++)
        {
            means[j] /= x.Rows;
        }

        return means;
    }

    /// <exception cref="ArgumentException">A value is NaN or infinite, or so large that its square is.</exception>
    internal static void ThrowIfNotFinite(FeatureMatrix x)
    {
        for (int i = 0; i < x.Rows; i++)
        {
            if (!double.IsFinite(Vectors.Dot(x.Row(i), x.Row(i))))
            {
                throw new ArgumentException($"expected finite features, row {i} has others");
            }
        }
    }
}
