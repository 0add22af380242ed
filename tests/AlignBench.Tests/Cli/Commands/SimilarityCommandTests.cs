using AlignBench.Features;
using AlignBench.Features.Storage;
using AlignBench.Reports;
using AlignBench.Tests.Similarity.Neighbors;

namespace AlignBench.Tests.Cli.Commands;

public sealed class SimilarityCommandTests : IDisposable
{
    private const int Items = 24;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Similarity_OfAFileWithItself_IsOneByEveryMetric()
    {
        string file = Store("x", captions: 0, seed: 1);

        AppRun run = await AppRun.Of(
            "similarity", "--x", file, "--y", file, "--metric", "all", "--k", "4", "--permutations", "19", "--bootstrap", "20",
            "--csv", _folder.File("scores.csv"));

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.StartsWith("24 items, strict, k 4, seed 0\n", run.Output, StringComparison.Ordinal);
        CsvTable table = CsvTable.Read(_folder.File("scores.csv"));
        Assert.Equal(12, table.Rows.Count);
        for (int row = 0; row < table.Rows.Count; row++)
        {
            string metric = table.Text(row, "metric");
            double floor = metric == "cycle_knn" ? 0.7 : 1.0 - 1e-9;   // a cycle may miss even in equal spaces
            Assert.InRange(table.Number(row, "score"), floor, 1.0 + 1e-9);
            Assert.InRange(table.Number(row, "p"), 0.05, metric == "cycle_knn" ? 1.0 : 0.05);
            Assert.True(table.Number(row, "ci95_low") <= table.Number(row, "ci95_high"), metric);
        }

        Assert.Equal(4.0 / 23.0, table.Number(0, "chance"), 1e-15);
        Assert.Equal(1.0, table.Number(0, "calibrated"));
    }

    [Fact]
    public async Task Similarity_OfCaptions_AveragesTheFirstAndLeavesOutItemsWithFewer()
    {
        string images = Store("x", captions: 0, seed: 1);
        string texts = Store("y", captions: 3, seed: 2, missing: "5#2");

        AppRun one = await AppRun.Of("similarity", "--x", images, "--y", texts, "--metric", "cka");
        AppRun three = await AppRun.Of("similarity", "--x", images, "--y", texts, "--metric", "cka", "--captions", "3");

        Assert.StartsWith("24 items", one.Output, StringComparison.Ordinal);
        Assert.StartsWith("23 items", three.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Similarity_WithGroups_HasTheChanceOfFewerCandidates()
    {
        string file = Store("x", captions: 0, seed: 1);
        string groups = _folder.Write(
            "groups.csv", "item,group\n" + string.Concat(Enumerable.Range(0, Items).Select(i => $"{i},g{i / 2}\n")));

        await AppRun.Of(
            "similarity", "--x", file, "--y", file, "--k", "4", "--groups", groups, "--exclude-duplicates", "--csv",
            _folder.File("scores.csv"));

        Assert.Equal(4.0 / 22.0, CsvTable.Read(_folder.File("scores.csv")).Number(0, "chance"), 1e-15);
    }

    [Theory]
    [InlineData("--metric mutual_kn", "unknown metric 'mutual_kn'; did you mean 'mutual_knn'?; expected mutual_knn, cycle_knn", 1)]
    [InlineData("--preset platonic --metric rsa", "the preset platonic has no metric 'rsa'", 1)]
    [InlineData("--preset plato", "unknown preset 'plato'", 1)]
    [InlineData("--k 24", "expected at least 25 items in both with 1 captions each, got 24", 1)]
    [InlineData("--k 0", "--k: expected 1 or more, got 0", 2)]
    [InlineData("--bootstrap 1", "--bootstrap: expected 0, or 2 or more, got 1", 2)]
    [InlineData("--captions 2", "expected captions to average 2 of, both hold images", 1)]
    public async Task Similarity_WrongUse_SaysWhatWasExpected(string options, string words, int exitCode)
    {
        string file = Store("x", captions: 0, seed: 1);

        AppRun run = await AppRun.Of(["similarity", "--x", file, "--y", file, .. options.Split(' ')]);

        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, run.ExitCode);
    }

    [Fact]
    public async Task List_Metrics_NamesThemAll()
    {
        AppRun run = await AppRun.Of("list", "metrics");

        Assert.All(AlignBench.Similarity.MetricCatalog.All, metric => Assert.Contains(metric.Name, run.Output, StringComparison.Ordinal));
    }

    /// <summary>A feature file of an image an item, or of some captions an item.</summary>
    private string Store(string name, int captions, int seed, string? missing = null)
    {
        string[] ids =
        [
            .. Enumerable.Range(0, Items).SelectMany(i => Enumerable.Range(0, Math.Max(1, captions)).Select(c => $"{i}#{c}")),
        ];
        FeatureMatrix values = NearestNeighborsTests.Random(ids.Length, 12, seed, 0.0);
        FeatureRequest request = captions > 0
            ? new CaptionRequest { Dataset = "made-up", Ids = ids, Texts = ids }
            : new ImageRequest { Dataset = "made-up", Ids = ids, ImageIds = ids, Source = null! };
        ContentDigest[] digests = [.. ids.Select(ContentDigest.Of)];
        FeatureFileWriter.Write(
            _folder.File(name + ".safetensors"),
            request,
            new FeatureRecipe(name, "penultimate_cls", "made up"),
            digests,
            width: 12,
            [.. ids.Select((id, row) => id == missing ? -1L : row)],
            [],
            agreement: null,
            (content, row) =>
            {
                int i = Array.IndexOf(digests, content);
                for (int j = 0; j < row.Length; j++)
                {
                    row[j] = (float)values.Row(i)[j];
                }
            });
        return _folder.File(name + ".safetensors");
    }
}
