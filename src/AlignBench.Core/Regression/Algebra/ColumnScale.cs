using AlignBench.Statistics;

namespace AlignBench.Regression.Algebra;

/// <summary>
/// Mean and population standard deviation of each column, summed row by row as NumPy sums over axis 0, so
/// that columns that are constant but for rounding come out as NumPy's do.
/// </summary>
internal sealed class ColumnScale
{
    private readonly double[] _means;
    private readonly double[] _deviations;

    private ColumnScale(double[] means, double[] deviations)
    {
        _means = means;
        _deviations = deviations;
    }

    /// <summary>[d], in the columns' units.</summary>
    public ReadOnlySpan<double> Means => _means;

    /// <summary>[d], 0 for a constant column.</summary>
    public ReadOnlySpan<double> Deviations => _deviations;

    /// <summary>[d], 1 / deviation, 1 for a constant column.</summary>
    public double[] InverseDeviations() =>
        [.. _deviations.Select(deviation => deviation == 0.0 ? 1.0 : 1.0 / deviation)];

    /// <param name="x">[n, d], n ≥ 1.</param>
    public static ColumnScale Of(Matrix x)
    {
        double[] means = MeansOf(x);
        double[] variances = new double[x.Columns];
        for (int i = 0; i < x.Rows; i++)
        {
            Span<double> row = x.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                double deviation = row[j] - means[j];
                variances[j] += deviation * deviation;
            }
        }

        return new ColumnScale(means, [.. variances.Select(sum => Math.Sqrt(sum / x.Rows))]);
    }

    /// <summary>
    /// The same, the deviation of a column that is constant but for rounding set to 0, as scikit-learn's
    /// StandardScaler leaves such columns alone.
    /// </summary>
    /// <inheritdoc cref="Of"/>
    public static ColumnScale WithoutConstants(Matrix x)
    {
        ColumnScale scale = Of(x);
        for (int j = 0; j < x.Columns; j++)
        {
            double variance = scale._deviations[j] * scale._deviations[j];
            if (Moments.IsConstant(scale._means[j], variance, x.Rows))
            {
                scale._deviations[j] = 0.0;
            }
        }

        return scale;
    }

    /// <summary>[d], the column means alone.</summary>
    public static double[] MeansOf(Matrix x)
    {
        double[] means = new double[x.Columns];
        for (int i = 0; i < x.Rows; i++)
        {
            Span<double> row = x.Row(i);
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

    /// <summary>(x − mean) / deviation, 0 where the deviation is 0.</summary>
    public Matrix Standardize(Matrix x)
    {
        Matrix z = new(x.Rows, x.Columns);
        for (int i = 0; i < x.Rows; i++)
        {
            Span<double> from = x.Row(i);
            Span<double> to = z.Row(i);
            for (int j = 0; j < from.Length; j++)
            {
                to[j] = _deviations[j] == 0.0 ? 0.0 : (from[j] - _means[j]) / _deviations[j];
            }
        }

        return z;
    }

    /// <summary>x − mean, 0 where the deviation is 0.</summary>
    public Matrix Centre(Matrix x)
    {
        Matrix centred = new(x.Rows, x.Columns);
        for (int i = 0; i < x.Rows; i++)
        {
            Span<double> from = x.Row(i);
            Span<double> to = centred.Row(i);
            for (int j = 0; j < from.Length; j++)
            {
                to[j] = _deviations[j] == 0.0 ? 0.0 : from[j] - _means[j];
            }
        }

        return centred;
    }

    /// <summary>x − offset, a value a column.</summary>
    public static Matrix Subtract(Matrix x, ReadOnlySpan<double> offset)
    {
        Matrix centred = x.Copy();
        SubtractInPlace(centred, offset);
        return centred;
    }

    /// <summary>x −= offset, a value a column.</summary>
    public static void SubtractInPlace(Matrix x, ReadOnlySpan<double> offset)
    {
        for (int i = 0; i < x.Rows; i++)
        {
            Span<double> row = x.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                row[j] -= offset[j];
            }
        }
    }
}
