using AlignBench.Regression;
using AlignBench.Regression.Presets;
using AlignBench.Tests.Statistics;

namespace AlignBench.Tests.Regression;

public class UnscaledTests
{
    public static TheoryData<string> Names => [.. RidgeCase.Names];

    // 1e-13 everywhere, columns from 1e-6 to 1e6 included, but at the smallest alphas of targets without
    // noise and of a column that one row carries alone: there what double precision leaves, falling as
    // 1/alpha.
    [Theory]
    [MemberData(nameof(Names))]
    public void LeaveOneOutErrors_AgreeWithTheExactOnes(string name)
    {
        RidgeCase golden = new(name);
        RidgePreset preset = golden.WithGrid(RidgePresets.SklearnUnscaled);
        RidgeFolds folds = RidgeFolds.Decompose(golden.X, golden.Folds, preset);
        IReadOnlyList<FoldScore> scores = folds.Score(golden.Y).Folds;
        double limit = name is "noise_free" or "constant_x" ? 3e-13 : 1e-22;

        for (int k = 0; k < scores.Count; k++)
        {
            double[] expected = golden.Tensors.Row("xy.loo_raw.curve_exact", k);
            for (int a = 0; a < expected.Length; a++)
            {
                double alpha = preset.Alphas[a];
                double tolerance = Math.Max(1e-13, limit / alpha);
                double actual = scores[k].SearchCurve[a];
                GoldenJson.Close(expected[a], actual, tolerance, $"fold {k}, alpha {alpha}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_AgreesWithScikitLearnsRidge(string name)
    {
        RidgeCase golden = new(name);
        double[] alphas = golden.Tensors.Values("fixed.alphas");
        for (int a = 0; a < alphas.Length; a++)
        {
            RidgeModel model = RidgeRegression.Fit(golden.X, golden.Y, alphas[a]);
            double largest = 0.0;
            double difference = 0.0;
            for (int j = 0; j < golden.Y.Columns; j++)
            {
                double[] expected = golden.Tensors.Row("fixed.coef", a, j);
                for (int i = 0; i < expected.Length; i++)
                {
                    largest = Math.Max(largest, Math.Abs(expected[i]));
                    difference = Math.Max(difference, Math.Abs(expected[i] - model.Weights.Row(i)[j]));
                }
            }

            double tolerance = (name, alphas[a]) switch
            {
                ("rank_deficient", 1e-8) => 1e-4,
                ("rank_deficient", 1e-2) => 1e-10,
                ("constant_x", 1e-8) => 1.6e-8,       // scikit-learn's weight of a constant column
                ("x_scales", _) => 2e-6,                 // scikit-learn's, whose curve is off by 1e-7 there
                _ => 1e-12,
            };
            Assert.True(difference <= tolerance * largest, $"alpha {alphas[a]}: {difference} of {largest}");
        }
    }

    // x = 1, 2, 3 and y = 2x give Sxx = 2, Sxy = 4, so w = 4 / (2 + alpha), b = 4 - 2w: at alpha 2 w = 1, b =
    // 2.
    [Fact]
    public void Fit_ThreePoints_IsTheLineWorkedOutByHand()
    {
        RidgeModel model = RidgeRegression.Fit(new(3, 1, [1, 2, 3]), new(3, 1, [2, 4, 6]), alpha: 2.0);

        Assert.Equal(1.0, model.Weights.Values[0], 1e-14);
        Assert.Equal(2.0, model.Intercept[0], 1e-14);
        Assert.Equal(7.0, model.Predict(new(1, 1, [5.0])).Values[0], 1e-13);
    }
}
