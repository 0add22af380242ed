using AlignBench.Hub;
using AlignBench.Models;
using AlignBench.Reports;

namespace AlignBench.Tests.Cli.Commands;

public class ListCommandTests
{
    [Fact]
    public async Task List_Models_NamesEachWithItsFactsIn80Columns()
    {
        AppRun run = await AppRun.Of("list", "models");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.All(
            EncoderCatalog.Entries,
            entry => Assert.Contains($"  {entry.HubId} ", run.Output, StringComparison.Ordinal));
        Assert.Contains(
            "  openai/clip-vit-large-patch14         427.6 M 1024/768 24/12  1.71 GB 32bd6428\n",
            run.Output,
            StringComparison.Ordinal);
        Assert.Contains("  shorter side to 256, bicubic; middle 224 x 224; ImageNet mean and std\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\nBLOOM: text; BigScience RAIL 1.0\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("models", "revision")]
    [InlineData("datasets", "layout")]
    [InlineData("metrics", "range")]
    [InlineData("presets", "source")]
    [InlineData("processors", "source")]
    [InlineData("experiments", "source")]
    public async Task List_WithCsv_WritesATableOfEveryEntry(string what, string column)
    {
        using TemporaryFolder folder = new();

        AppRun run = await AppRun.Of("list", what, "--csv", folder.File("list.csv"));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        CsvTable table = CsvTable.Read(folder.File("list.csv"));
        Assert.True(table.HasColumn(column));
        Assert.NotEmpty(table.Rows);
        Assert.All(
            Enumerable.Range(0, table.Rows.Count),
            row => Assert.Contains(table.Text(row, what == "models" ? "hub_id" : "name"), run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Entries_AreDistinctAndOfKnownArchitecturesAndRevisions()
    {
        IReadOnlyList<EncoderEntry> entries = EncoderCatalog.Entries;

        Assert.Equal(entries.Count, entries.Select(entry => entry.Name).Distinct().Count());
        Assert.All(entries, entry => Assert.Contains(entry.ModelType, EncoderLoader.ModelTypes));
        Assert.All(entries, entry => Assert.NotNull(HubId.TryParse(entry.HubId)));
        Assert.All(
            entries,
            entry => Assert.True(entry.Revision == EncoderEntry.Main || GitRevision.IsCommit(entry.Revision), entry.HubId));
    }
}
