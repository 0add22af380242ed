using AlignBench.Experiments;
using AlignBench.Features;
using AlignBench.Regression;
using AlignBench.Tests.Features;
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
            Pair(folder), RidgePresets.NeuroAIMetrics, CancellationToken.None);

        Assert.Equal(n, scores.Items);
        PredictivityResult expected = LinearPredictivity.Score(golden.X, golden.Y, RidgePresets.NeuroAIMetrics);
        Assert.Equal(expected.MeanR, scores.VisionToLanguage.MeanR, 1e-12);
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
            Pair(folder) with { Captions = 2 }, RidgePresets.NeuroAIMetrics, CancellationToken.None);

        PredictivityResult expected = LinearPredictivity.Score(golden.X, golden.Y, RidgePresets.NeuroAIMetrics);
        Assert.Equal(expected.MeanR, scores.VisionToLanguage.MeanR, 1e-9);
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
