using AlignBench.Regression;
using AlignBench.Regression.Algebra;
using AlignBench.Regression.Folds;
using AlignBench.Regression.Presets;
using AlignBench.Statistics;
using AlignBench.Statistics.Generators;

namespace AlignBench.Tests.Regression;

public class ScoreUncertaintyTests
{
    private static readonly RidgePreset s_preset = RidgePresets.NeuroAIMetrics;

    [Fact]
    public void Permutations_RelatedData_LieBelowTheScore()
    {
        RidgeCase golden = new("well_posed");
        PermutationNull chance = PermutationNull.Draw(Folds(golden), golden.Y, permutations: 19, seed: 1);

        Assert.Equal(LinearPredictivity.Score(golden.X, golden.Y, s_preset).MeanR, chance.Observed);
        Assert.True(chance.Scores.Max() < chance.Observed);
        Assert.Equal(1.0 / 20.0, chance.PValue);
        Assert.Equal(chance.Scores, PermutationNull.Draw(Folds(golden), golden.Y, 19, seed: 1).Scores);
    }

    // The first shuffle that the seed draws, applied by hand.
    [Fact]
    public void Permutations_FirstOne_IsTheScoreOfThatPairing()
    {
        RidgeCase golden = new("minimal_wide");
        int[] order = new NumPyRandom(7).Permutation(golden.Y.Rows);
        double expected = LinearPredictivity.Score(golden.X, golden.Y.SelectRows(order), s_preset).MeanR;

        Assert.Equal(expected, PermutationNull.Draw(Folds(golden), golden.Y, 1, seed: 7).Scores[0]);
    }

    // Resampling by hand: rows drawn fold after fold, resample after resample, and r computed row by row.
    [Theory]
    [InlineData("well_posed")]
    [InlineData("constant_y")]
    public void Bootstrap_IsThatOfRowsDrawnOneByOne(string name)
    {
        RidgeCase golden = new(name);
        RidgeFolds folds = Folds(golden);
        BootstrapDistribution bootstrap = ScoreBootstrap.Draw(folds, golden.Y, resamples: 6, seed: 3);

        NumPyRandom random = new(3);
        double[] expected = new double[6];
        foreach (RidgeFold fold in folds.Folds)
        {
            FoldPrediction prediction = fold.Predict(golden.Y);
            double[] observed = ColumnScores.R(prediction.ByPreset, prediction.Truth);
            for (int i = 0; i < 6; i++)
            {
                int m = prediction.Truth.Rows;
                int[] rows = [.. Enumerable.Range(0, m).Select(_ => random.NextAtMost(m - 1))];
                Matrix drawn = prediction.ByPreset.SelectRows(rows);
                double[] r = ColumnScores.R(drawn, prediction.Truth.SelectRows(rows));
                IEnumerable<double> defined = r.Where((_, j) => !double.IsNaN(observed[j] + r[j]));
                expected[i] += defined.Average() / folds.Folds.Count;
            }
        }

        Assert.Equal(folds.Score(golden.Y).MeanR, bootstrap.Observed, 1e-14);
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(expected[i], bootstrap.Values[i], 1e-12);
        }
    }

    // Worker threads decompose and score side by side; every number is the one of a single thread.
    [Fact]
    public void Decompose_OnSeveralThreads_IsTheSameToTheLastBit()
    {
        RidgeCase golden = new("paper_like");
        IReadOnlyList<FoldScore> expected = Folds(golden).Score(golden.Y).Folds;
        FoldScore[] actual = new FoldScore[20];
        Fold[] folds = KFold.Shuffled(golden.X.Rows, s_preset.Splits, s_preset.Seed);
        Parallel.For(0, actual.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
            actual[i] = RidgeFold.Decompose(golden.X, i % 5, folds[i % 5], s_preset).Score(golden.Y));

        for (int i = 0; i < actual.Length; i++)
        {
            Assert.Equal(expected[i % 5].R, actual[i].R);
            Assert.Equal(expected[i % 5].SearchCurve, actual[i].SearchCurve);
        }
    }

    [Fact]
    public void Score_UnusablePreset_NamesIt()
    {
        RidgeCase golden = new("minimal");
        RidgePreset[] unusable =
        [
            s_preset with { Alphas = [1.0, 0.5] },
            s_preset with { Alphas = [0.0] },
            s_preset with { Splits = 1 },
        ];

        foreach (RidgePreset preset in unusable)
        {
            ConfigException thrown = Assert.Throws<ConfigException>(
                () => LinearPredictivity.Score(golden.X, golden.Y, preset));
            Assert.Contains("preset neuroaimetrics", thrown.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Decompose_NotANumber_NamesRowAndColumn()
    {
        double[] values = new double[40];
        values[23] = double.NaN;

        ArgumentException thrown = Assert.Throws<ArgumentException>(
            () => LinearPredictivity.Score(new(10, 4, values), new(10, 4, new double[40]), s_preset));
        Assert.Contains("row 5, column 3 is NaN", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_UnknownPreset_NamesTheKnownOnes()
    {
        ConfigException thrown = Assert.Throws<ConfigException>(() => RidgePresets.Find("nestd"));
        Assert.Contains("nested-r2", thrown.Message, StringComparison.Ordinal);
        Assert.Same(RidgePresets.Himalaya, RidgePresets.Find("himalaya"));
        Assert.Same(RidgePresets.NestedR2, RidgePresets.Find("nested"));
    }

    private static RidgeFolds Folds(RidgeCase golden)
    {
        Fold[] folds = KFold.Shuffled(golden.X.Rows, s_preset.Splits, s_preset.Seed);
        return RidgeFolds.Decompose(golden.X, folds, s_preset);
    }
}
