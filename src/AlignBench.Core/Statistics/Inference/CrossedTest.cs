using AlignBench.Statistics.Distributions;

namespace AlignBench.Statistics.Inference;

/// <summary>
/// Tests the mean of crossed scores against 0 when row models and column models are both a sample: the analysis of
/// variance of a crossed design with one score a cell, both factors random. With d_ij = μ + a_i + b_j + e_ij the
/// variance of the mean is (MS_rows + MS_columns − MS_error) / (R C), its degrees of freedom Satterthwaite's (1946).
/// </summary>
/// <param name="Mean">μ̂, mean of all scores.</param>
/// <param name="StandardError">
/// NaN where the three mean squares give no positive variance, or where a side has one model alone.
/// </param>
/// <param name="DegreesOfFreedom">Satterthwaite's; NaN with the error.</param>
public sealed record CrossedTest(double Mean, double StandardError, double DegreesOfFreedom)
{
    /// <summary>Mean over standard error.</summary>
    public double T => Mean / StandardError;

    /// <summary>Two-sided.</summary>
    public double PValue => StudentT.TwoSided(T, DegreesOfFreedom);

    /// <param name="scores">Two or more models on either side.</param>
    public static CrossedTest Of(CrossedScores scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        int r = scores.Rows.Count;
        int c = scores.Columns.Count;
        double mean = scores.Mean;
        if (r < 2 || c < 2)
        {
            return new CrossedTest(mean, double.NaN, double.NaN);
        }

        double[] rowMeans = scores.RowMeans();
        double[] columnMeans = scores.ColumnMeans();
        double rows = c * Moments.Variance(rowMeans);
        double columns = r * Moments.Variance(columnMeans);
        double error = 0.0;
        for (int i = 0; i < r; i++)
        {
            for (int j = 0; j < c; j++)
            {
                double rest = scores[i, j] - rowMeans[i] - columnMeans[j] + mean;
                error += rest * rest;
            }
        }

        int errorFreedom = (r - 1) * (c - 1);
        error /= errorFreedom;
        double variance = rows + columns - error;
        if (!(variance > 0.0))
        {
            return new CrossedTest(mean, double.NaN, double.NaN);
        }

        double freedom = variance * variance
            / ((rows * rows / (r - 1)) + (columns * columns / (c - 1)) + (error * error / errorFreedom));
        return new CrossedTest(mean, Math.Sqrt(variance / (r * c)), freedom);
    }
}
