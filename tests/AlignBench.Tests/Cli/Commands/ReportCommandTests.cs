using AlignBench.Tests.Reports;

namespace AlignBench.Tests.Cli.Commands;

public class ReportCommandTests
{
    [Fact]
    public async Task Report_OfARun_WritesItsFile()
    {
        using TemporaryFolder folder = new();
        RunFixture.Write(folder);

        AppRun run = await AppRun.Of("report", folder.Root);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("report.html", run.Output, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(folder.File("report.html")).Length, 800_000, 5_000_000);
    }

    [Fact]
    public async Task Report_OfAFolderWithoutTables_FailsInOneLine()
    {
        using TemporaryFolder folder = new();

        AppRun run = await AppRun.Of("report", folder.Root);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal($"alignbench: {folder.Root}: expected the tables of a run, got no CSV file\n", run.Error);
    }
}
