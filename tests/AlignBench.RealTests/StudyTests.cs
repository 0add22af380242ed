using System.Globalization;
using System.Text.Json;
using AlignBench.Experiments;
using AlignBench.Experiments.Measures;
using AlignBench.Reports;
using AlignBench.Tests;
using Serilog.Core;

namespace AlignBench.RealTests;

/// <summary>Study 1's regressions on real photos and captions, from shards and trained weights to scores.</summary>
public class StudyTests
{
    // Features are float32; a fold's alpha is the same unless two grid points tie to 1e-6.
    private const double Tolerance = 2e-5;

    [Fact]
    public void Run_Flickr8kAverages_GivesEveryScoreOfTheReference()
    {
        using TemporaryFolder folder = new();

        CsvTable table = Run(folder, "flickr8k_captions");

        JsonElement[] golden = [.. Golden("flickr8k.json").GetProperty("averaging").EnumerateArray()];
        Assert.All(golden, row => CheckScore(
            table, row, row.GetProperty("captions").GetInt32().ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(golden.Length, table.Rows.Count);
    }

    [Fact]
    public void Run_PickapicPairs_GivesEveryScoreOfTheReferenceAndNextToNothingWithGroupedFolds()
    {
        using TemporaryFolder folder = new();

        CsvTable table = Run(folder, "pickapic_all_pairs", "pickapic_all_pairs_grouped");

        JsonElement golden = Golden("pickapic.json");
        Assert.All(golden.GetProperty("preference").EnumerateArray(), row => CheckScore(
            table, row, row.GetProperty("condition").GetString()!.Replace("_", "", StringComparison.Ordinal)));
        CsvTable tests = CsvTable.Read(folder.File("results/ttests.csv"));
        foreach (string direction in Direction.All)
        {
            int row = Rows(tests).Single(i => tests.Text(i, "direction") == direction
                && tests.Text(i, "folding") == "plain" && tests.Text(i, "standardisation") == "test_statistics");
            double expected = golden.GetProperty($"ttest_{direction}").GetProperty("t").GetDouble();
            Assert.Equal(expected, tests.Number(row, "t"), 0.05);
        }

        // 27 prompts make 223 pairs: nearly every test item has a prompt that was trained on, unless folds are grouped.
        int[] plain = [.. Rows(table).Where(i => table.Text(i, "folding") == "plain")];
        int[] grouped = [.. Rows(table).Where(i => table.Text(i, "folding") == "grouped")];
        Assert.All(plain, i => Assert.True(table.Whole(i, "test_items_with_trained_group") > 200));
        Assert.All(grouped, i => Assert.Equal(0, table.Whole(i, "test_items_with_trained_group")));
        Assert.True(plain.Min(i => table.Number(i, "score")) > 0.5);
        Assert.True(grouped.Max(i => table.Number(i, "score")) < 0.2);
    }

    private static CsvTable Run(TemporaryFolder folder, params string[] only)
    {
        string config = Path.Combine(TestPaths.Root, "configs", "real", "study1.yaml");
        StudyConfig study = StudyConfigFile.Load(config, SharedPaths.Of());
        new StudyRunner(new StudyOptions(folder.File("features"), Threads: 2, only, Force: false), Logger.None)
            .Run(study, folder.File("results"), null, CancellationToken.None);
        return CsvTable.Read(folder.File("results/predictivity.csv"));
    }

    private static void CheckScore(CsvTable table, JsonElement golden, string condition)
    {
        int row = Rows(table).Single(i => table.Text(i, "folding") == "plain"
            && table.Text(i, "condition") == condition
            && table.Text(i, "vision") == golden.GetProperty("vision").GetString()
            && table.Text(i, "language") == golden.GetProperty("language").GetString()
            && table.Text(i, "direction") == golden.GetProperty("direction").GetString());
        Assert.Equal(golden.GetProperty("score").GetDouble(), table.Number(row, "score"), Tolerance);
        Assert.Equal(
            golden.GetProperty("alphas").EnumerateArray().Select(alpha => CsvCell.Format(alpha.GetDouble())),
            table.Text(row, "alphas").Split(' '));
    }

    private static IEnumerable<int> Rows(CsvTable table) => Enumerable.Range(0, table.Rows.Count);

    private static JsonElement Golden(string name) =>
        JsonDocument.Parse(File.ReadAllBytes(SharedPaths.Of("goldens", "real", name))).RootElement;
}
