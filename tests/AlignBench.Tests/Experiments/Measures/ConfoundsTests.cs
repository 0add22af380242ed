using AlignBench.Data;
using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Features;
using AlignBench.Regression;
using AlignBench.Regression.Presets;

namespace AlignBench.Tests.Experiments.Measures;

public class ConfoundsTests
{
    private const int N = 2000;

    // Captions that are the item's signal (variance 1) plus noise (variance 3): means of k have reliability
    // 1 / (1 + 3/k), so .25 for one and .4 for two; from .4 the formula gives 5/8 for five.
    [Fact]
    public void SplitHalves_SignalPlusNoise_HaveTheReliabilityOfTheirVariances()
    {
        double[,] signal = MadeUpFeatures.Noise(N, 4, seed: 1);
        double[,] noise = MadeUpFeatures.Noise(N * 5, 4, seed: 2);
        FeatureTable table = FeatureTable.Of(
            Enumerable.Range(0, N * 5).ToDictionary(row => $"{row / 5}#{row % 5}", row => row),
            4,
            [
                .. from row in Enumerable.Range(0, N * 5)
                   from j in Enumerable.Range(0, 4)
                   select (float)(signal[row / 5, j] + (Math.Sqrt(3.0) * noise[row, j])),
            ]);
        string[][] entries =
            [.. Enumerable.Range(0, N).Select(i => (string[])[.. Enumerable.Range(0, 5).Select(k => $"{i}#{k}")])];

        double one = NoiseCeiling.SplitHalves(table, entries, 1, seed: 3).Average();
        double[] two = NoiseCeiling.SplitHalves(table, entries, 2, seed: 3);

        Assert.Equal(0.25, one, 0.03);
        Assert.Equal(0.4, two.Average(), 0.03);
        Assert.Equal(5.0 / 8.0, NoiseCeiling.SpearmanBrown(two, 2.5).Average(), 0.03);
    }

    [Theory]
    [InlineData(0.5, 2.0, 2.0 / 3.0)]
    [InlineData(0.25, 2.0, 0.4)]
    [InlineData(0.4, 0.5, 0.25)]
    [InlineData(0.0, 5.0, 0.0)]
    [InlineData(1.0, 3.0, 1.0)]
    public void SpearmanBrown_IsTheFormula(double reliability, double times, double expected) =>
        Assert.Equal(expected, NoiseCeiling.SpearmanBrown([reliability], times)[0], 1e-12);

    [Fact]
    public void Ceiling_IsTheMeanRootOrUndefinedWithoutReliability()
    {
        Assert.Equal(0.35, NoiseCeiling.Ceiling([0.25, 0.04, double.NaN]), 1e-12);
        Assert.Equal(0.25, NoiseCeiling.Ceiling([0.25, -0.1]), 1e-12);
        Assert.True(double.IsNaN(NoiseCeiling.Ceiling([-0.3, 0.1])));
    }

    // Items share a signal that each caption blurs; the vision models see it clearly.
    [Fact]
    public void NoiseCeiling_Rows_AreTheSplitHalvesOwnNumbersAndTheMeanScoreOverTheirRoot()
    {
        const int n = 60;
        double[,] signal = MadeUpFeatures.Noise(n, 4, seed: 5);
        double[,] blur = MadeUpFeatures.Noise(4 * n, 4, seed: 6);
        ModelFeatures[] vision =
        [
            .. new[] { "v", "w" }.Select((name, m) => MadeUpFeatures.Model(
                name, 'i', n, 4, (i, j) => signal[i, j] + (m * 0.5 * blur[i, 3 - j]))),
        ];
        ModelFeatures language = MadeUpFeatures.Model("l", 'c', 4 * n, 4, (i, j) => signal[i % n, j] + blur[i, j]);
        string[][] Captions(int k) =>
            [.. Enumerable.Range(0, n).Select(i => (string[])[.. Enumerable.Range(0, k).Select(c => $"c{(c * n) + i}")])];
        string[][] images = [.. Enumerable.Range(0, n).Select(i => (string[])[$"i{i}"])];
        string[] groups = [.. Enumerable.Range(0, n).Select(i => $"{i}")];
        ExperimentPlan plan = MadeUpFeatures.Plan(groups) with
        {
            Conditions = [.. new[] { 1, 2, 4 }.Select(k => new Condition($"{k}", images, Captions(k), groups))],
            Contrast = ("4", "1"),
            IsCurve = true,
        };
        Scoring scoring = new(RidgePresets.NeuroAIMetrics, Threads: 1, Permutations: 0, Resamples: 0, Seed: 1);
        ExperimentResult result = new PairScorer(scoring).Score(plan, vision, [language], CancellationToken.None);

        ConfoundRow[] rows = [.. NoiseCeiling.Rows(result, vision, [language], seed: 7)];

        double[] two = NoiseCeiling.SplitHalves(language.Table, Captions(4), 2, seed: 7);
        double[] four = [.. two.Select(r => 2 * r / (1 + r))];
        double mean = result.Scores.Where(score => score is { Condition.Name: "4", Direction: "vision_to_language" })
            .Sum(score => score.Result.MeanR) / 2;
        Assert.Equal(two.Average(), Value("2", "split_half_reliability"), 1e-12);
        Assert.Equal(four.Average(), Value("4", "reliability"), 1e-12);
        Assert.Equal(four.Average(Math.Sqrt), Value("4", "ceiling"), 1e-12);
        Assert.Equal(mean / four.Average(Math.Sqrt), Value("4", "score_over_ceiling"), 1e-12);

        double Value(string condition, string statistic) =>
            rows.Single(row => row.Condition == condition && row.Statistic == statistic).Value;
    }

    // Longer captions score lower between images and higher within: image a has 2 and 4 words, b 10 and 12.
    [Fact]
    public void CaptionLength_BetweenAndWithinImages_AreToldApart()
    {
        ScoredCaption[] captions =
        [
            Caption("a", 0, 2, 0.8), Caption("a", 1, 4, 0.9), Caption("b", 0, 10, 0.1), Caption("b", 1, 12, 0.2),
        ];
        ExperimentPlan plan = MadeUpFeatures.Plan(["a", "b"]) with
        {
            ScoredCaptions = captions,
            Conditions =
            [
                new Condition("high", [["a#0"], ["b#0"]], [["a#1"], ["b#1"]], ["a", "b"]),
                new Condition("low", [["a#0"], ["b#0"]], [["a#0"], ["b#0"]], ["a", "b"]),
            ],
        };

        ConfoundRow[] rows = [.. CaptionLength.Rows(plan).Where(row => row.Confound == "caption_words")];

        Assert.True(rows.Single(row => row.Statistic == "pearson_r").Value < -0.9);
        Assert.Equal(1.0, rows.Single(row => row.Statistic == "pearson_r_within_images").Value, 1e-12);
        Assert.Equal([8.0, 6.0], rows.Where(row => row.Statistic == "mean").Select(row => row.Value));
    }

    // One target's scale is a thousand times the others': alone it decides the shared alpha, unless targets are scaled.
    [Fact]
    public void StandardizedTargets_OfAnyScale_GiveTheSameScores()
    {
        double[,] x = MadeUpFeatures.Noise(200, 30, seed: 4);
        double[,] noise = MadeUpFeatures.Noise(200, 3, seed: 5);
        FeatureMatrix features = Matrix(200, 30, (i, j) => x[i, j]);
        FeatureMatrix even = Matrix(200, 3, (i, j) => x[i, j] + ((j == 0 ? 5.0 : 0.1) * noise[i, j]));
        FeatureMatrix uneven = Matrix(200, 3, (i, j) => even.Row(i)[j] * (j == 0 ? 1000.0 : 1.0));
        RidgePreset plain = RidgePresets.NeuroAIMetrics;
        RidgePreset scaled = plain with { StandardizesTargets = true };

        double expected = LinearPredictivity.Score(features, even, scaled).MeanR;

        Assert.Equal(expected, LinearPredictivity.Score(features, uneven, scaled).MeanR, 1e-12);
        Assert.True(Math.Abs(LinearPredictivity.Score(features, uneven, plain).MeanR - expected) > 1e-3);

        // With one alpha nothing is chosen, and r does not know scales.
        RidgePreset single = plain with { Alphas = [10.0] };
        Assert.Equal(
            LinearPredictivity.Score(features, uneven, single).MeanR,
            LinearPredictivity.Score(features, uneven, single with { StandardizesTargets = true }).MeanR,
            1e-12);
    }

    [Fact]
    public void EqualTargets_ConditionsOfAnotherSize_AreCutToTheSmallest()
    {
        double[,] values = MadeUpFeatures.Noise(120, 4, seed: 6);
        ModelFeatures vision = MadeUpFeatures.Model("v", 'i', 120, 4, (i, j) => values[i, j]);
        ModelFeatures language = MadeUpFeatures.Model("l", 'c', 120, 4, (i, j) => values[i, j]);
        Condition large = MadeUpFeatures.Plan([.. Enumerable.Range(0, 120).Select(i => $"{i}")]).Conditions[0];
        Condition small = new("small", large.Images[..50], large.Captions[..50], large.Groups[..50]);
        ExperimentPlan plan = MadeUpFeatures.Plan(["x"]) with { Conditions = [large, small], Contrast = ("only", "small") };
        Scoring scoring = new(RidgePresets.NeuroAIMetrics, Threads: 2, Permutations: 0, Resamples: 0, Seed: 0);
        ExperimentResult result = new PairScorer(scoring).Score(plan, [vision], [language], CancellationToken.None);

        ConfoundRow[] rows = [.. EqualTargets.Rows(result, [vision], [language], scoring, CancellationToken.None)];

        Assert.All(rows.Where(row => row.Statistic == "mean_score"), row => Assert.Equal(50, row.N));
        Assert.Equal([120, 50], rows.Where(row => row.Direction == Direction.LanguageToVision && row.Model == "v").Select(row => row.N!.Value));
    }

    private static FeatureMatrix Matrix(int n, int d, Func<int, int, double> value) =>
        new(n, d, [.. from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, d) select value(i, j)]);

    private static ScoredCaption Caption(string image, int index, int words, double cosine)
    {
        Item item = new()
        {
            Id = image,
            Group = image,
            Captions = [.. Enumerable.Range(0, 2).Select(k => new Caption($"{k}", string.Join(' ', Enumerable.Repeat("word", words))))],
        };
        return new ScoredCaption(item, index, cosine, double.NaN);
    }
}
