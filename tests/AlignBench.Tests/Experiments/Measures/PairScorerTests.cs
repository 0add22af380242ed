using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Regression.Presets;

namespace AlignBench.Tests.Experiments.Measures;

public class PairScorerTests
{
    private const int N = 200;

    // Each prompt has ten pictures. Both models see which prompt it is and nothing else that they share, so a regression
    // that has seen a prompt's other pictures knows the answer, and one that has not knows nothing.
    [Fact]
    public void Score_RepeatedPrompts_IsHighWithPlainFoldsAndChanceWithGroupedOnes()
    {
        string[] prompts = [.. Enumerable.Range(0, N).Select(i => $"prompt {i % 20:D2}")];
        double[,] seen = MadeUpFeatures.Noise(20, 8, seed: 1);
        double[,] read = MadeUpFeatures.Noise(20, 8, seed: 2);
        double[,] own = MadeUpFeatures.Noise(N, 16, seed: 3);
        ModelFeatures vision = MadeUpFeatures.Model("v", 'i', N, 8, (i, j) => seen[i % 20, j] + (0.1 * own[i, j]));
        ModelFeatures language = MadeUpFeatures.Model("l", 'c', N, 8, (i, j) => read[i % 20, j] + (0.1 * own[i, 8 + j]));

        PairScore plain = Score(MadeUpFeatures.Plan(prompts), vision, language);
        PairScore grouped = Score(MadeUpFeatures.Plan(prompts, "grouped"), vision, language);

        Assert.InRange(plain.Result.MeanR, 0.5, 1.0);
        Assert.InRange(grouped.Result.MeanR, -0.3, 0.3);
        Assert.Equal(N, plain.TrainedGroups);
        Assert.Equal(0, grouped.TrainedGroups);
        Assert.All(grouped.Folds, fold => Assert.Equal(N / 5, fold.Test.Length));
        Assert.All(grouped.Folds, fold => Assert.Equal(5, fold.Inner!.Length));
    }

    [Theory]
    [InlineData("neuroaimetrics")]
    [InlineData("sklearn-per-target")]
    [InlineData("nested")]
    [InlineData("nested-r")]
    [InlineData("himalaya")]
    [InlineData("fixed-alpha")]
    public void Score_UnrelatedModels_IsChanceAndTheNullSaysSo(string preset)
    {
        (ModelFeatures vision, ModelFeatures language) = Unrelated();

        PairScore score = Score(Plan(), vision, language, preset, permutations: 19, resamples: 50);

        Assert.InRange(score.Result.MeanR, -0.15, 0.15);
        Assert.True(score.Chance!.PValue > 0.05);
        Assert.InRange(score.Result.MeanR, score.Bootstrap!.Percentile().Low, score.Bootstrap.Percentile().High);
    }

    [Fact]
    public void Score_TheSameFeatures_IsOneAndTheNullIsFarBelow()
    {
        double[,] values = MadeUpFeatures.Noise(N, 5, seed: 4);
        ModelFeatures vision = MadeUpFeatures.Model("v", 'i', N, 5, (i, j) => values[i, j]);
        ModelFeatures language = MadeUpFeatures.Model("l", 'c', N, 5, (i, j) => values[i, j]);

        PairScore score = Score(Plan(), vision, language, permutations: 19);

        Assert.Equal(1.0, score.Result.MeanRTrainStatistics, 1e-9);
        Assert.Equal(1.0 / 20.0, score.Chance!.PValue);
        Assert.True(score.Chance.Scores.Max() < 0.3);
    }

    // A constant target has no r; the two others are the first feature and noise.
    [Fact]
    public void Score_AConstantTarget_IsCountedAndLeftOut()
    {
        double[,] values = MadeUpFeatures.Noise(N, 3, seed: 5);
        ModelFeatures vision = MadeUpFeatures.Model("v", 'i', N, 2, (i, j) => j == 0 ? values[i, 0] : 7.0);
        ModelFeatures language = MadeUpFeatures.Model("l", 'c', N, 3, (i, j) => values[i, j]);

        PairScore score = Score(Plan(), vision, language);

        Assert.Equal(5, score.Result.ConstantTargets);                        // one a fold
        Assert.InRange(score.Result.MeanR, 0.95, 1.0);
        Assert.Equal(score.Result.MeanR / 2.0, score.Result.MeanRUndefinedAsZero, 1e-12);
    }

    [Fact]
    public void Score_FewerGroupsThanFolds_IsALineForTheUser()
    {
        string[] prompts = [.. Enumerable.Range(0, N).Select(i => $"prompt {i % 4}")];
        (ModelFeatures vision, ModelFeatures language) = Unrelated();

        DataException failure = Assert.Throws<DataException>(
            () => Score(MadeUpFeatures.Plan(prompts, "grouped"), vision, language));

        Assert.Contains("more groups than the 4 of its 200 units for 5 folds", failure.Message, StringComparison.Ordinal);
    }

    private static (ModelFeatures Vision, ModelFeatures Language) Unrelated()
    {
        double[,] images = MadeUpFeatures.Noise(N, 6, seed: 6);
        double[,] captions = MadeUpFeatures.Noise(N, 6, seed: 7);
        return (
            MadeUpFeatures.Model("v", 'i', N, 6, (i, j) => images[i, j]),
            MadeUpFeatures.Model("l", 'c', N, 6, (i, j) => captions[i, j]));
    }

    private static ExperimentPlan Plan() => MadeUpFeatures.Plan([.. Enumerable.Range(0, N).Select(i => $"{i}")]);

    /// <summary>Language to vision.</summary>
    private static PairScore Score(
        ExperimentPlan plan,
        ModelFeatures vision,
        ModelFeatures language,
        string preset = "neuroaimetrics",
        int permutations = 0,
        int resamples = 0) =>
        new PairScorer(new Scoring(RidgePresets.Find(preset), Threads: 2, permutations, resamples, Seed: 1))
            .Score(plan, [vision], [language], CancellationToken.None).Scores[0];
}
