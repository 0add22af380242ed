using AlignBench.Statistics;

namespace AlignBench.Regression.Algebra;

/// <summary>Scores of predictions, column by column.</summary>
internal static class ColumnScores
{
    /// <summary>Pearson r, [t]; NaN where a side is constant but for rounding.</summary>
    /// <param name="predictions">[m, t].</param>
    /// <param name="truth">[m, t].</param>
    public static double[] R(Matrix predictions, Matrix truth)
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

    /// <summary>
    /// R² = 1 − Σ (y − ŷ)² / Σ (y − ȳ)², [t]: unlike r, an offset or a wrong scale counts against it. NaN
    /// where the truth is constant but for rounding (scikit-learn answers 1, 0 or the ratio of two rounding
    /// errors there).
    /// </summary>
    /// <inheritdoc cref="R"/>
    public static double[] R2(Matrix predictions, Matrix truth)
    {
        ColumnScale scale = ColumnScale.WithoutConstants(truth);
        double[] errors = MeanSquaredErrors(predictions, truth);
        double[] r2 = new double[truth.Columns];
        for (int j = 0; j < r2.Length; j++)
        {
            double deviation = scale.Deviations[j];
            r2[j] = deviation == 0.0 ? double.NaN : 1.0 - (errors[j] / (deviation * deviation));
        }

        return r2;
    }

    /// <summary>Mean over rows of the squared error, [t].</summary>
    /// <inheritdoc cref="R"/>
    public static double[] MeanSquaredErrors(Matrix predictions, Matrix truth)
    {
        double[] errors = new double[truth.Columns];
        for (int i = 0; i < truth.Rows; i++)
        {
            Span<double> p = predictions.Row(i);
            Span<double> q = truth.Row(i);
            for (int j = 0; j < errors.Length; j++)
            {
                double error = q[j] - p[j];
                errors[j] += error * error;
            }
        }

        return [.. errors.Select(sum => sum / truth.Rows)];
    }

    /// <summary>Mean of the values that are defined; NaN if none is.</summary>
    public static double MeanOfDefined(double[] values)
    {
        double[] defined = [.. values.Where(value => !double.IsNaN(value))];
        return Moments.Mean(defined);
    }

    /// <summary>Columns that are constant but for rounding.</summary>
    public static int CountConstant(Matrix values)
    {
        int count = 0;
        foreach (double deviation in ColumnScale.WithoutConstants(values).Deviations)
        {
            count += deviation == 0.0 ? 1 : 0;
        }

        return count;
    }
}
