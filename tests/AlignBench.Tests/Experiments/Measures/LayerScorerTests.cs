using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Experiments.Tables;
using AlignBench.Features;
using AlignBench.Regression;
using AlignBench.Regression.Folds;
using AlignBench.Regression.Presets;

namespace AlignBench.Tests.Experiments.Measures;

public class LayerScorerTests
{
    private const int N = 120;

    private static readonly Scoring s_scoring =
        new(RidgePresets.NeuroAIMetrics, Threads: 2, Permutations: 0, Resamples: 0, Seed: 1);

    // Vision layer 2 and language layer 1 share their features; the others are noise, layer 0 of vision is constant.
    [Fact]
    public void Score_OneLayerPairShares_IsChosenInEveryFoldByTrainingRowsAlone()
    {
        double[,] shared = MadeUpFeatures.Noise(N, 4, seed: 1);
        double[,] noise = MadeUpFeatures.Noise(N, 16, seed: 2);
        ModelFeatures vision = Layered(
            "v", 'i', (_, j) => j, (i, j) => noise[i, j], (i, j) => shared[i, j] + (0.3 * noise[i, 4 + j]));
        ModelFeatures language = Layered(
            "l", 'c', (i, j) => noise[i, 8 + j], (i, j) => shared[i, j] + (0.3 * noise[i, 12 + j]));

        LayerScores[] scores = Score(vision, language);

        Assert.Equal([Direction.LanguageToVision, Direction.VisionToLanguage], scores.Select(pair => pair.Direction));
        Assert.All(scores, pair => Assert.All(pair.Chosen, layers => Assert.Equal((2, 1), layers)));
        Assert.All(scores, pair => Assert.True(double.IsNaN(pair.Results[0, 1].MeanR)));
        Assert.All(scores, pair => Assert.InRange(pair.Results[2, 1].MeanR, 0.85, 1.0));
        Assert.All(scores, pair => Assert.InRange(pair.Results[1, 1].MeanR, -0.3, 0.3));
    }

    // The same by the plain functions, layer pair by layer pair and fold by fold.
    [Fact]
    public void Score_IsThatOfEachPairOfLayersAlone()
    {
        ModelFeatures vision = NoiseLayers("v", 'i', layers: 3, seed: 3);
        ModelFeatures language = NoiseLayers("l", 'c', layers: 2, seed: 40);
        RidgePreset preset = s_scoring.Preset;
        string[][] images = Plan().Conditions[0].Images;
        string[][] captions = Plan().Conditions[0].Captions;

        LayerScores pair = Score(vision, language)[0];

        Fold[] folds = KFold.Shuffled(N, preset.Splits, preset.Seed);
        for (int v = 0; v < 3; v++)
        {
            for (int l = 0; l < 2; l++)
            {
                FeatureMatrix x = language.Layers[l].Average(captions);
                FeatureMatrix y = vision.Layers[v].Average(images);
                Assert.Equal(LinearPredictivity.Score(x, y, preset).MeanR, pair.Results[v, l].MeanR, 1e-14);
                for (int fold = 0; fold < folds.Length; fold++)
                {
                    int[] train = folds[fold].Train;
                    double inner = LinearPredictivity.Score(x.SelectRows(train), y.SelectRows(train), preset).MeanR;
                    Assert.Equal(inner, pair.Inner[v, l, fold], 1e-14);
                }
            }
        }
    }

    // Sixty-four pairs of noise: the best of them on the test rows looks like something, the chosen ones are chance.
    [Fact]
    public void Best_OfNoise_IsChanceWhereTheBestOfTheMapIsNot()
    {
        LayerScores[] scores = Score(NoiseLayers("v", 'i', 8, seed: 100), NoiseLayers("l", 'c', 8, seed: 200));

        object?[][] rows = [.. LayerTables.Best(Plan(), scores).Rows];

        Assert.All(rows, row => Assert.InRange((double)row[6]!, -0.12, 0.12));
        Assert.All(rows, row => Assert.True((double)row[^1]! > 0.08));
        Assert.Equal(2 * 64, LayerTables.Scores(Plan(), scores).Rows.Count);
        Assert.Equal(2 * 5, LayerTables.Scores(Plan(), scores).Rows.Sum(row => (int)row[^1]!));
    }

    [Fact]
    public void Tables_Scores_AreMeansOverFolds()
    {
        LayerScores[] scores = Score(NoiseLayers("v", 'i', 2, seed: 300), NoiseLayers("l", 'c', 2, seed: 400));

        object?[] layers = LayerTables.Scores(Plan(), scores).Rows[1];
        object?[] best = LayerTables.Best(Plan(), scores).Rows[0];

        LayerScores pair = scores[0];
        double score = 0.0, trained = 0.0, inner = 0.0, chosen = 0.0, chosenTrained = 0.0;
        for (int fold = 0; fold < 5; fold++)
        {
            FoldScore one = pair.Results[0, 1].Folds[fold];
            score += one.MeanR / 5;
            trained += one.MeanRTrainStatistics / 5;
            inner += pair.Inner[0, 1, fold] / 5;
            FoldScore own = pair.Results[pair.Chosen[fold].Vision, pair.Chosen[fold].Language].Folds[fold];
            chosen += own.MeanR / 5;
            chosenTrained += own.MeanRTrainStatistics / 5;
        }

        Assert.Equal(0, layers[6]);
        Assert.Equal(1, layers[7]);
        AssertNumbers([score, trained, inner], layers[8..11]);
        AssertNumbers([chosen, chosenTrained], best[6..8]);

        static void AssertNumbers(double[] expected, object?[] cells) =>
            Assert.All(expected.Zip(cells), pair => Assert.Equal(pair.First, (double)pair.Second!, 1e-14));
    }

    private static LayerScores[] Score(ModelFeatures vision, ModelFeatures language) =>
        [.. new LayerScorer(s_scoring).Score(Plan(), [vision], [language], CancellationToken.None)];

    private static ExperimentPlan Plan() => MadeUpFeatures.Plan([.. Enumerable.Range(0, N).Select(i => $"{i}")]);

    private static ModelFeatures NoiseLayers(string name, char kind, int layers, uint seed) => Layered(
        name,
        kind,
        [
            .. Enumerable.Range(0, layers).Select(layer =>
            {
                double[,] noise = MadeUpFeatures.Noise(N, 4, seed + (uint)layer);
                return (Func<int, int, double>)((i, j) => noise[i, j]);
            }),
        ]);

    private static ModelFeatures Layered(string name, char kind, params Func<int, int, double>[] layers)
    {
        FeatureTable[] tables = [.. layers.Select(value => MadeUpFeatures.Model(name, kind, N, 4, value).Table)];
        return new ModelFeatures(name, tables[^1]) { Layers = tables };
    }
}
