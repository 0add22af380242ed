using AlignBench.Statistics;

namespace AlignBench.Regression.Algebra;

/// <summary>Scores of predictions, row by row.</summary>
internal static class RowScores
{
    /// <summary>
    /// Pearson r over targets, [m], each target centred and scaled by its mean and deviation over the m true rows, so that
    /// none counts for more than another; constant ones are left out. NaN where a row's targets or predictions are all equal.
    /// </summary>
    /// <param name="predictions">[m, t].</param>
    /// <param name="truth">[m, t].</param>
    public static double[] R(Matrix predictions, Matrix truth)
    {
        double[] means = ColumnScale.MeansOf(truth);
        double[] deviations = ColumnScale.WithoutConstants(truth).Deviations.ToArray();
        int[] varied = [.. Enumerable.Range(0, truth.Columns).Where(j => deviations[j] > 0.0)];
        double[] p = new double[varied.Length];
        double[] q = new double[varied.Length];
        double[] r = new double[truth.Rows];
        for (int i = 0; i < r.Length; i++)
        {
            for (int j = 0; j < varied.Length; j++)
            {
                int target = varied[j];
                p[j] = (predictions[i, target] - means[target]) / deviations[target];
                q[j] = (truth[i, target] - means[target]) / deviations[target];
            }

            r[i] = varied.Length < 2 ? double.NaN : PearsonCorrelation.Of(p, q);
        }

        return r;
    }
}
