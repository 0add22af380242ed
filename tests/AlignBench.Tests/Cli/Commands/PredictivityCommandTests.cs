using AlignBench.Reports;

namespace AlignBench.Tests.Cli.Commands;

public class PredictivityCommandTests
{
    // Each item is there twice, so plain folds have an item's double on the other side.
    [Fact]
    public async Task Predictivity_BothFoldings_CountsTrainedGroupsInEveryRow()
    {
        using TemporaryFolder folder = new();
        Matrix(folder, "v", seed: 1);
        Matrix(folder, "l", seed: 2);
        folder.Write("groups.csv", "item,group\n" + string.Join('\n', Enumerable.Range(0, 60).Select(i => $"{i},g{i % 30}")));

        AppRun run = await AppRun.Of(
            "predictivity", "--vision", folder.File("v.npy"), "--vision-ids", folder.File("v.txt"),
            "--language", folder.File("l.npy"), "--language-ids", folder.File("l.txt"),
            "--permutations", "4", "--bootstrap", "10", "--components", "3", "--folding", "both", "--groups", folder.File("groups.csv"), "--csv", folder.File("folds.csv"));

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Contains("5 grouped folds, 0 test items whose group was trained on", run.Output, StringComparison.Ordinal);
        Assert.Equal(4, run.Output.Split("  shuffled pairings: mean ").Length - 1);
        Assert.Equal(4, run.Output.Split("  95 % interval over test items: ").Length - 1);
        CsvTable table = CsvTable.Read(folder.File("folds.csv"));
        Assert.Equal(2 * 2 * 5, table.Rows.Count);
        Assert.Equal(
            ["grouped", "plain"], Enumerable.Range(0, 20).Select(row => table.Text(row, "folding")).Distinct().Order());
        for (int row = 0; row < table.Rows.Count; row++)
        {
            long count = table.Whole(row, "test_items_with_trained_group");
            Assert.InRange(count, table.Text(row, "folding") == "plain" ? 1 : 0, table.Text(row, "folding") == "plain" ? 12 : 0);
            Assert.Equal(60, table.Whole(row, "n_train") + table.Whole(row, "n_test"));
        }
    }

    [Fact]
    public async Task Predictivity_AnUnknownFolding_IsWrongUse()
    {
        using TemporaryFolder folder = new();
        Matrix(folder, "v", seed: 1);

        AppRun run = await AppRun.Of(
            "predictivity", "--vision", folder.File("v.npy"), "--language", folder.File("v.npy"), "--folding", "loose");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("loose", run.Error, StringComparison.Ordinal);
    }

    private static void Matrix(TemporaryFolder folder, string name, uint seed)
    {
        double[,] noise = Experiments.MadeUpFeatures.Noise(60, 6, seed);
        File.WriteAllBytes(
            folder.File($"{name}.npy"), Features.Storage.MatrixFileTests.Npy("<f8", false, "(60, 6)", [.. noise.Cast<double>()]));
        folder.Write($"{name}.txt", string.Join('\n', Enumerable.Range(0, 60)));
    }
}
