using AlignBench.Features;
using AlignBench.Regression.Algebra;
using AlignBench.Statistics;
using AlignBench.Statistics.Generators;

namespace AlignBench.Regression;

/// <summary>
/// How much a score depends on which items were tested: test rows are drawn again, with replacement, within
/// each fold; models and predictions stay.
/// </summary>
public static class ScoreBootstrap
{
    private const double ConstantShare = 1e-12;

    /// <summary>Scores of resampled test rows.</summary>
    /// <param name="x">The decomposed features.</param>
    /// <param name="y">[n, t], paired row for row.</param>
    /// <param name="resamples">2 or more.</param>
    /// <param name="seed">
    /// Of <see cref="NumPyRandom"/>; rows are drawn fold after fold, resample after resample.
    /// </param>
    /// <param name="cancellation">Looked at between folds.</param>
    /// <returns>
    /// <see cref="PredictivityResult.MeanR"/> and its distribution. A target that is constant in a resample,
    /// or in the whole fold, has no r there and is left out of that mean.
    /// </returns>
    /// <exception cref="ArgumentException">The row counts differ or a value is not finite.</exception>
    public static BootstrapDistribution Draw(
        RidgeFolds x, FeatureMatrix y, int resamples, uint seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 2);
        NumPyRandom random = new(seed);
        double observed = 0.0;
        double[] scores = new double[resamples];
        foreach (RidgeFold fold in x.Folds)
        {
            cancellation.ThrowIfCancellationRequested();
            FoldPrediction prediction = fold.Predict(y);
            double[] r = ColumnScores.R(prediction.ByPreset, prediction.Truth);
            observed += ColumnScores.MeanOfDefined(r) / x.Folds.Count;
            double[] drawn = Resample(prediction, r, Counts(prediction.Truth.Rows, resamples, random));
            for (int i = 0; i < resamples; i++)
            {
                scores[i] += drawn[i] / x.Folds.Count;
            }
        }

        return new BootstrapDistribution(observed, scores);
    }

    // How often each of m rows was drawn, [resamples, m].
    private static Matrix Counts(int m, int resamples, NumPyRandom random)
    {
        Matrix counts = new(resamples, m);
        for (int i = 0; i < resamples; i++)
        {
            Span<double> row = counts.Row(i);
            for (int draw = 0; draw < m; draw++)
            {
                row[random.NextAtMost(m - 1)]++;
            }
        }

        return counts;
    }

    // Sums over resampled rows are products with the counts. Columns are centred by the fold's own means
    // first, so that the difference of a mean square and a squared mean loses nothing.
    private static double[] Resample(FoldPrediction prediction, double[] observed, Matrix counts)
    {
        Matrix p = ColumnScale.Subtract(prediction.ByPreset, ColumnScale.MeansOf(prediction.ByPreset));
        Matrix q = ColumnScale.Subtract(prediction.Truth, ColumnScale.MeansOf(prediction.Truth));
        Matrix sumP = counts.Times(p);
        Matrix sumQ = counts.Times(q);
        Matrix sumPP = counts.Times(p.TimesElements(p));
        Matrix sumQQ = counts.Times(q.TimesElements(q));
        Matrix sumPQ = counts.Times(p.TimesElements(q));
        double m = q.Rows;
        double[] scores = new double[counts.Rows];
        double[] r = new double[q.Columns];
        for (int i = 0; i < scores.Length; i++)
        {
            for (int j = 0; j < r.Length; j++)
            {
                double pp = Remaining(sumPP[i, j], sumP[i, j] * sumP[i, j] / m);
                double qq = Remaining(sumQQ[i, j], sumQ[i, j] * sumQ[i, j] / m);
                double pq = sumPQ[i, j] - (sumP[i, j] * sumQ[i, j] / m);
                r[j] = double.IsNaN(observed[j]) ? double.NaN : Math.Clamp(pq / pp / qq, -1.0, 1.0);
            }

            scores[i] = ColumnScores.MeanOfDefined(r);
        }

        return scores;
    }

    // Root of a centred sum of squares; NaN where the resampled rows are equal but for rounding.
    private static double Remaining(double squares, double ofMean)
    {
        double centred = squares - ofMean;
        return centred > ConstantShare * squares ? Math.Sqrt(centred) : double.NaN;
    }
}
