using AlignBench.Experiments;
using AlignBench.Experiments.Measures;
using AlignBench.Features;
using AlignBench.Regression;
using AlignBench.Regression.Presets;
using AlignBench.Tests.Features.Storage;
using AlignBench.Tests.Regression;

namespace AlignBench.Tests.Experiments;

public class FilePredictivityTests
{
    // The golden's own matrices through files whose rows are in another order: only the ids pair them.
    [Fact]
    public void Score_MatricesMadeElsewhere_ArePairedByIdAndScoredAsTheGoldenIs()
    {
        using TemporaryFolder folder = new();
        RidgeCase golden = new("well_posed");
        int n = golden.X.Rows;
        int[] backwards = [.. Enumerable.Range(0, n).Reverse()];
        Save(folder, "vision", golden.X, [.. Enumerable.Range(0, n)]);
        Save(folder, "language", golden.Y.SelectRows(backwards), backwards);

        FilePredictivity scores = FilePredictivity.Score(
            Pair(folder), RidgePresets.NeuroAIMetrics, threads: 2, CancellationToken.None);

        Assert.Equal(n, scores.Items);
        PredictivityResult expected = LinearPredictivity.Score(golden.X, golden.Y, RidgePresets.NeuroAIMetrics);
        Assert.Equal(expected.MeanR, scores.VisionToLanguage.Result.MeanR, 1e-12);
    }

    [Fact]
    public void Score_WithoutIds_SaysWhatIsMissing()
    {
        using TemporaryFolder folder = new();
        RidgeCase golden = new("well_posed");
        Save(folder, "vision", golden.X, [.. Enumerable.Range(0, golden.X.Rows)]);

        DataException failure = Assert.Throws<DataException>(() => FilePredictivity.Score(
            new FeaturePair(folder.File("vision.npy"), folder.File("vision.npy")),
            RidgePresets.NeuroAIMetrics,
            threads: 1,
            CancellationToken.None));

        Assert.Contains("a plain matrix needs a file with the ids of its rows", failure.Message, StringComparison.Ordinal);
    }

    // Two captions an item, the mean of both is the golden's Y.
    [Fact]
    public void Score_SeveralRowsOfAnItem_AreAveraged()
    {
        using TemporaryFolder folder = new();
        RidgeCase golden = new("well_posed");
        int n = golden.Y.Rows;
        int d = golden.Y.Columns;
        double[] both = [.. golden.Y.Values.Select(value => value - 1.0), .. golden.Y.Values.Select(value => value + 1.0)];
        Save(folder, "vision", golden.X, [.. Enumerable.Range(0, n)]);
        File.WriteAllBytes(folder.File("language.npy"), MatrixFileTests.Npy("<f8", false, $"({2 * n}, {d})", both));
        folder.Write("language.txt", string.Join('\n', Enumerable.Range(0, 2 * n).Select(i => $"{i % n}#{i / n}")));

        FilePredictivity scores = FilePredictivity.Score(
            Pair(folder) with { Captions = 2 }, RidgePresets.NeuroAIMetrics, threads: 2, CancellationToken.None);

        PredictivityResult expected = LinearPredictivity.Score(golden.X, golden.Y, RidgePresets.NeuroAIMetrics);
        Assert.Equal(expected.MeanR, scores.VisionToLanguage.Result.MeanR, 1e-9);
    }

    // Ten pictures a prompt, and nothing else in common between the files: with the table of prompts the regression that has
    // seen a prompt's other pictures is told apart from the one that has not. Two items have equal captions besides.
    [Theory]
    [InlineData("neuroaimetrics")]
    [InlineData("nested")]
    public void Score_GroupsFromATable_AreKeptTogetherAndCounted(string preset)
    {
        using TemporaryFolder folder = new();
        (FeatureMatrix images, FeatureMatrix captions) = Prompts(repeats: 10);
        int[] ids = [.. Enumerable.Range(0, images.Rows)];
        Save(folder, "vision", images, ids);
        Save(folder, "language", captions, ids);
        folder.Write("groups.csv", "item,group\n" + string.Join('\n', ids.Select(i => $"{i},{i % 20}")));
        FeaturePair pair = Pair(folder) with { Groups = folder.File("groups.csv") };

        FilePredictivity plain = FilePredictivity.Score(pair, RidgePresets.Find(preset), 2, CancellationToken.None);
        FilePredictivity grouped = FilePredictivity.Score(
            pair with { Folding = Folding.Grouped }, RidgePresets.Find(preset), 2, CancellationToken.None);

        Assert.Equal(images.Rows, plain.TrainedGroups.Sum());
        Assert.InRange(plain.LanguageToVision.Result.MeanR, 0.5, 1.0);
        Assert.Equal(0, grouped.TrainedGroups.Sum());
        Assert.InRange(grouped.LanguageToVision.Result.MeanR, -0.3, 0.3);
        Assert.All(grouped.Folds, fold => Assert.Equal(5, fold.Inner!.Length));
    }

    // Without a table, rows that are equal are what items share: every caption is there ten times.
    [Fact]
    public void Score_EqualRows_AreGroupsByThemselves()
    {
        using TemporaryFolder folder = new();
        (FeatureMatrix images, FeatureMatrix captions) = Prompts(repeats: 10, captionNoise: 0.0);
        int[] ids = [.. Enumerable.Range(0, images.Rows)];
        Save(folder, "vision", images, ids);
        Save(folder, "language", captions, ids);

        FilePredictivity grouped = FilePredictivity.Score(
            Pair(folder) with { Folding = Folding.Grouped }, RidgePresets.NeuroAIMetrics, 2, CancellationToken.None);

        Assert.Equal(0, grouped.TrainedGroups.Sum());
        Assert.All(grouped.Folds, fold => Assert.Equal(4, fold.Test.Select(row => row % 20).Distinct().Count()));
    }

    [Fact]
    public void Score_FewerGroupsThanFolds_SaysHowMany()
    {
        using TemporaryFolder folder = new();
        (FeatureMatrix images, FeatureMatrix captions) = Prompts(repeats: 2);
        int[] ids = [.. Enumerable.Range(0, images.Rows)];
        Save(folder, "vision", images, ids);
        Save(folder, "language", captions, ids);
        folder.Write("groups.csv", "item,group\n" + string.Join('\n', ids.Select(i => $"{i},{i % 4}")));

        DataException failure = Assert.Throws<DataException>(() => FilePredictivity.Score(
            Pair(folder) with { Folding = Folding.Grouped, Groups = folder.File("groups.csv") },
            RidgePresets.NeuroAIMetrics,
            threads: 1,
            CancellationToken.None));

        Assert.Contains("more groups than the 4 of 40 items", failure.Message, StringComparison.Ordinal);
    }

    // [20 * repeats, 8]: item i sees prompt i % 20.
    private static (FeatureMatrix Images, FeatureMatrix Captions) Prompts(int repeats, double captionNoise = 0.1)
    {
        int n = 20 * repeats;
        double[,] seen = MadeUpFeatures.Noise(20, 8, seed: 1);
        double[,] read = MadeUpFeatures.Noise(20, 8, seed: 2);
        double[,] own = MadeUpFeatures.Noise(n, 16, seed: 3);
        return (
            Matrix((i, j) => seen[i % 20, j] + (0.1 * own[i, j])),
            Matrix((i, j) => read[i % 20, j] + (captionNoise * own[i, 8 + j])));

        FeatureMatrix Matrix(Func<int, int, double> value) => new(
            n, 8, [.. from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, 8) select value(i, j)]);
    }

    private static FeaturePair Pair(TemporaryFolder folder) => new(folder.File("vision.npy"), folder.File("language.npy"))
    {
        VisionIds = folder.File("vision.txt"),
        LanguageIds = folder.File("language.txt"),
    };

    private static void Save(TemporaryFolder folder, string name, FeatureMatrix matrix, int[] ids)
    {
        File.WriteAllBytes(
            folder.File($"{name}.npy"),
            MatrixFileTests.Npy("<f8", false, $"({matrix.Rows}, {matrix.Columns})", matrix.Values));
        folder.Write($"{name}.txt", string.Join('\n', ids));
    }
}
