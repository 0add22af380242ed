using AlignBench.Features;
using AlignBench.Regression;
using AlignBench.Regression.Algebra;
using AlignBench.Regression.Presets;
using AlignBench.Tests.Regression.Alphas;

namespace AlignBench.Tests.Regression.Algebra;

public class ComponentsTests
{
    // All components are the whole space: a rotation of targets changes r, of features nothing.
    [Fact]
    public void Truncate_ToMoreThanThereAre_ChangesNothing()
    {
        Matrix x = Centred(LeaveOneOutTests.Random(30, 6, seed: 5));
        RidgeDecomposition all = RidgeDecomposition.OfStandardized(x);

        Assert.Same(all, all.Truncate(6));
        Assert.Same(all, all.Truncate(null));
    }

    // Ridge on the first components is ridge on their scores: the slow way projects by hand.
    [Theory]
    [InlineData(30, 6)]
    [InlineData(20, 40)]
    public void Truncate_PredictsAsRidgeOnTheScores(int rows, int columns)
    {
        FeatureMatrix x = LeaveOneOutTests.Random(rows, columns, seed: 6);
        FeatureMatrix y = LeaveOneOutTests.Random(rows, 2, seed: 7);
        Matrix centred = Centred(x);
        RidgeDecomposition decomposition = RidgeDecomposition.OfStandardized(centred).Truncate(3);
        RidgeTargets targets = new(decomposition, Matrix.Of(y));
        Matrix fitted = targets.Predict(decomposition.Project(centred), 0.5);

        Matrix scores = PrincipalComponents.Fit(Matrix.Of(x), 3).Transform(Matrix.Of(x));
        FeatureMatrix expected = RidgeRegression.Fit(new(rows, 3, scores.Values), y, 0.5)
            .Predict(new(rows, 3, scores.Values));

        for (int i = 0; i < expected.Values.Length; i++)
        {
            Assert.Equal(expected.Values[i], fitted.Values[i], 1e-12);
        }
    }

    [Fact]
    public void Score_WithComponents_HasThatManyTargets()
    {
        RidgePreset preset = RidgePresets.NeuroAIMetrics with { Components = 4 };
        RidgeCase golden = new("noise_free");
        PredictivityResult result = LinearPredictivity.Score(golden.X, golden.Y, preset);

        Assert.All(result.Folds, fold => Assert.Equal(4, fold.R.Length));
    }

    // Points on the line y = 2x but for a little: the first axis is (1, 2) / sqrt 5.
    [Fact]
    public void Fit_PointsNearALine_TakesTheLine()
    {
        Matrix x = new(4, 2, [-2, -4.01, -1, -1.99, 1, 1.99, 2, 4.01]);
        Matrix scores = PrincipalComponents.Fit(x, 1).Transform(x);

        Assert.Equal(1, scores.Columns);
        Assert.Equal(Math.Sqrt(20.0), Math.Abs(scores[3, 0]), 1e-1);
        Assert.Equal(-scores[0, 0], scores[3, 0], 1e-12);
    }

    private static Matrix Centred(FeatureMatrix x) =>
        ColumnScale.Subtract(Matrix.Of(x), ColumnScale.MeansOf(Matrix.Of(x)));
}
