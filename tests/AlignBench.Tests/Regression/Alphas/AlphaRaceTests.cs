using AlignBench.Features;
using AlignBench.Regression;
using AlignBench.Regression.Algebra;
using AlignBench.Regression.Alphas;
using AlignBench.Regression.Folds;
using AlignBench.Regression.Presets;
using AlignBench.Tests.Experiments;

namespace AlignBench.Tests.Regression.Alphas;

public class AlphaRaceTests
{
    private static readonly RidgePreset s_preset = RidgePresets.NeuroAIMetrics;

    // Weights 1 and 4, sums of squares 10 and 10: after the two outer rows the first sum lies in 5 + 5 [1, 1] and the
    // second in 20 + 5 [4, 4]; a third α between them is the second best.
    [Fact]
    public void Add_AnAlphaThatCannotBeSecond_IsOut()
    {
        AlphaRace race = new(
            new Matrix(3, 4, [1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0, 4.0, 4.0, 4.0, 4.0]), totals: [10.0, 10.0, 10.0]);

        race.Add(new Matrix(3, 2, [2.0, 3.0, 2.0, 3.0, 2.0, 3.0]));
        Assert.Equal([0, 1], race.Running);

        race.Add(new Matrix(2, 2, [1.0, 4.0, 1.0, 4.0]));
        Assert.Equal([10.0, 20.0, double.NaN], race.Sums);
    }

    [Fact]
    public void Add_AWeightThatIsInfinite_StaysToTheEnd()
    {
        AlphaRace race = new(
            new Matrix(3, 2, [1.0, 1.0, 2.0, 2.0, double.PositiveInfinity, 1.0]), totals: [2.0, 2.0, 2.0]);

        race.Add(new Matrix(3, 1, [1.0, 1.0, 1.0]));

        Assert.Equal([0, 1, 2], race.Running);
    }

    // Against every α over every row, by the residuals themselves. Items of very different size make leverages unlike,
    // which is what the race's bounds depend on.
    [Theory]
    [InlineData(400, 350, 60)]          // more columns than training rows: a complete basis
    [InlineData(400, 350, 500)]         // and more targets than rows
    [InlineData(400, 150, 100)]         // an incomplete basis, residuals added
    [InlineData(400, 150, 200)]          // by products
    [InlineData(400, 150, 500)]
    public void Score_LargeProblem_ChoosesAsTheWholeCurveDoes(int n, int d, int t)
    {
        (FeatureMatrix x, FeatureMatrix y) = Data(n, d, t);
        Fold[] folds = KFold.Shuffled(n, 5, 42);
        RidgePreset perTarget = s_preset with { Selection = AlphaSelection.LeaveOneOutPerTarget };
        int dropped = 0;
        for (int k = 0; k < folds.Length; k++)
        {
            FoldScore score = RidgeFold.Decompose(x, k, folds[k], s_preset).Score(y);
            double[] whole = RidgeFold.Decompose(x, k, folds[k], perTarget).Score(y).SearchCurve;
            AlphaChoice best = AlphaChoice.Smallest(whole);

            Assert.Equal(s_preset.Alphas[best.Index], score.Alpha);
            GoldenClose(best.GapToSecond, score.GapToSecond, 1e-8);
            for (int a = 0; a < whole.Length; a++)
            {
                dropped += double.IsNaN(score.SearchCurve[a]) ? 1 : 0;
                GoldenClose(whole[a], double.IsNaN(score.SearchCurve[a]) ? whole[a] : score.SearchCurve[a], 1e-10);
            }
        }

        Assert.True(dropped >= 5 * 5, $"{dropped} of 85 alphas were dropped early");
    }

    [Fact]
    public void Batch_IsWhatEachPairGivesAlone()
    {
        (FeatureMatrix x, FeatureMatrix y) = Data(120, 30, 150);
        Fold[] folds = KFold.Shuffled(120, 5, 42);
        RidgeBatch batch = new(s_preset, threads: 3, CancellationToken.None);

        RidgeFolds[] decomposed = batch.Decompose([x, y], folds);
        PredictivityResult[] results = batch.Score([(decomposed[0], y), (decomposed[1], x), (decomposed[0], x)]);

        Assert.Equal(LinearPredictivity.Score(x, y, s_preset).MeanR, results[0].MeanR);
        Assert.Equal(LinearPredictivity.Score(y, x, s_preset).MeanR, results[1].MeanR);
        Assert.Equal(1.0, results[2].MeanRTrainStatistics, 1e-6);
    }

    private static (FeatureMatrix X, FeatureMatrix Y) Data(int n, int d, int t)
    {
        double[,] x = MadeUpFeatures.Noise(n, d, seed: 1);
        double[,] y = MadeUpFeatures.Noise(n, t, seed: 2);
        double[,] size = MadeUpFeatures.Noise(n, 1, seed: 3);
        double[] values = new double[n * d];
        double[] targets = new double[n * t];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < d; j++)
            {
                values[(i * d) + j] = x[i, j] * Math.Exp(0.5 * size[i, 0]) / (1.0 + (0.1 * j));
            }

            for (int j = 0; j < t; j++)
            {
                targets[(i * t) + j] = y[i, j] + values[(i * d) + (j % d)];
            }
        }

        return (new FeatureMatrix(n, d, values), new FeatureMatrix(n, t, targets));
    }

    private static void GoldenClose(double expected, double actual, double relative) =>
        Assert.True(Math.Abs(expected - actual) <= relative * Math.Abs(expected), $"expected {expected}, got {actual}");
}
