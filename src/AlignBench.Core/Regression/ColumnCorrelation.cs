using AlignBench.Statistics;

namespace AlignBench.Regression;

/// <summary>Pearson r column by column.</summary>
internal static class ColumnCorrelation
{
    /// <summary>[t], NaN where a side is constant but for rounding.</summary>
    /// <param name="predictions">[m, t].</param>
    /// <param name="truth">[m, t].</param>
    public static double[] Of(Matrix predictions, Matrix truth)
    {
        int t = truth.Columns;
        double[] meansP = ColumnScale.MeansOf(predictions);
        double[] meansT = ColumnScale.MeansOf(truth);
        double[] pp = new double[t];
        double[] tt = new double[t];
        double[] pt = new double[t];
        for (int i = 0; i < truth.Rows; i++)
        {
            Span<double> p = predictions.Row(i);
            Span<double> q = truth.Row(i);
            for (int j = 0; j < t; j++)
            {
                double dp = p[j] - meansP[j];
                double dq = q[j] - meansT[j];
                pp[j] += dp * dp;
                tt[j] += dq * dq;
                pt[j] += dp * dq;
            }
        }

        double[] r = new double[t];
        for (int j = 0; j < t; j++)
        {
            r[j] = PearsonCorrelation.FromSums(truth.Rows, meansP[j], meansT[j], pp[j], tt[j], pt[j]);
        }

        return r;
    }

    /// <summary>Mean of the r that are defined; NaN if none is.</summary>
    public static double MeanOfDefined(double[] r)
    {
        double[] defined = [.. r.Where(value => !double.IsNaN(value))];
        return Moments.Mean(defined);
    }

    /// <summary>Columns that are constant but for rounding.</summary>
    public static int CountConstant(Matrix values)
    {
        ColumnScale scale = ColumnScale.Of(values);
        int count = 0;
        for (int j = 0; j < values.Columns; j++)
        {
            double deviation = scale.Deviations[j];
            count += Moments.IsConstant(scale.Means[j], deviation * deviation, values.Rows) ? 1 : 0;
        }

        return count;
    }
}
