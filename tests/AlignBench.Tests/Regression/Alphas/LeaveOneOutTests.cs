using AlignBench.Features;
using AlignBench.Regression;
using AlignBench.Regression.Folds;
using AlignBench.Regression.Presets;
using AlignBench.Statistics.Generators;
using AlignBench.Tests.Statistics;

namespace AlignBench.Tests.Regression.Alphas;

public class LeaveOneOutTests
{
    // Fewer and more columns than rows, few and many targets: every way the residuals' lengths are taken.
    [Theory]
    [InlineData(20, 4, 3)]
    [InlineData(20, 4, 9)]
    [InlineData(20, 4, 200)]
    [InlineData(12, 30, 3)]
    [InlineData(12, 30, 200)]
    public void Curve_IsThatOfRefittingWithoutEachRow(int rows, int columns, int targets)
    {
        FeatureMatrix x = Random(rows, columns, seed: 1);
        FeatureMatrix y = Random(rows, targets, seed: 2);
        double[] alphas = [0.01, 1.0, 100.0];
        double[] expected = [.. alphas.Select(alpha => Refit(x, y, alpha))];

        RidgePreset preset = RidgePresets.SklearnUnscaled with { Alphas = alphas };
        FoldScore score = RidgeFold.Decompose(Appended(x), 0, TrainOn(rows), preset).Score(Appended(y));

        for (int a = 0; a < alphas.Length; a++)
        {
            GoldenJson.Close(expected[a], score.SearchCurve[a], 1e-11, $"alpha {alphas[a]}");
        }
    }

    [Fact]
    public void Curve_PerTarget_AveragesToTheSharedOne()
    {
        FeatureMatrix x = Random(30, 8, seed: 3);
        FeatureMatrix y = Random(30, 5, seed: 4);
        RidgePreset shared = RidgePresets.SklearnUnscaled;
        RidgePreset perTarget = shared with { Selection = AlphaSelection.LeaveOneOutPerTarget };

        FoldScore a = RidgeFold.Decompose(x, 0, KFold.Shuffled(30, 5, 42)[0], shared).Score(y);
        FoldScore b = RidgeFold.Decompose(x, 0, KFold.Shuffled(30, 5, 42)[0], perTarget).Score(y);

        Assert.Equal(5, b.Alphas.Length);
        Assert.True(double.IsNaN(b.Alpha));
        for (int i = 0; i < a.SearchCurve.Length; i++)
        {
            GoldenJson.Close(a.SearchCurve[i], b.SearchCurve[i], 1e-12, $"alpha {i}");
        }
    }

    private static double Refit(FeatureMatrix x, FeatureMatrix y, double alpha)
    {
        double sum = 0.0;
        for (int left = 0; left < x.Rows; left++)
        {
            int[] others = [.. Enumerable.Range(0, x.Rows).Where(i => i != left)];
            RidgeModel model = RidgeRegression.Fit(x.SelectRows(others), y.SelectRows(others), alpha);
            FeatureMatrix predicted = model.Predict(x.SelectRows([left]));
            for (int j = 0; j < y.Columns; j++)
            {
                double error = y.Row(left)[j] - predicted.Values[j];
                sum += error * error / x.Rows / y.Columns;
            }
        }

        return sum;
    }

    // Two rows to be predicted behind the given ones, so that a fold trains on exactly those.
    private static FeatureMatrix Appended(FeatureMatrix x) =>
        new(x.Rows + 2, x.Columns, [.. x.Values, .. x.Row(0), .. x.Row(1)]);

    private static Fold TrainOn(int rows) => KFold.FromTestRows(rows + 2, [rows, rows + 1]);

    internal static FeatureMatrix Random(int rows, int columns, uint seed)
    {
        NumPyRandom random = new(seed);
        double[] values = [.. Enumerable.Range(0, rows * columns).Select(_ => random.NextDouble() - 0.5)];
        return new FeatureMatrix(rows, columns, values);
    }
}
