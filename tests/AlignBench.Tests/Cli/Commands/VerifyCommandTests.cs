namespace AlignBench.Tests.Cli.Commands;

public sealed class VerifyCommandTests : IDisposable
{
    private static readonly string s_toy = Path.Combine(TestPaths.Toy, "expected");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Verify_ToyAgainstItself_Is0()
    {
        AppRun run = await AppRun.Of("verify", s_toy, s_toy);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(
            "predictivity.csv           agrees: 256 rows, largest difference 0", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("all 14 tables agree\n", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Verify_ManyDifferences_Is1AndShowsTwentyOfThem()
    {
        string rows = string.Concat(Enumerable.Range(0, 25).Select(i => $"{i},0.5\n"));
        _folder.Write("expected/curves.csv", "k,mean\n" + rows);
        _folder.Write("expected/other.csv", "k,mean\n1,2\n");
        _folder.Write("got/curves.csv", "k,mean\n" + rows.Replace("0.5", "0.75", StringComparison.Ordinal));

        AppRun run = await AppRun.Of("verify", _folder.File("got"), _folder.File("expected"));

        Assert.Equal(1, run.ExitCode);
        string[] lines = run.Output.TrimEnd().Split('\n');
        Assert.Equal("curves.csv  DIFFERS: 25 differences in 25 rows", lines[0]);
        Assert.Equal("    k=0: mean: expected 0.5, got 0.75, difference 0.25, allowed 1E-06", lines[1]);
        Assert.Equal("    and 5 more", lines[21]);
        Assert.Equal("other.csv   not compared: the run has no such table", lines[22]);
        Assert.Equal("1 of 1 tables differ", lines[23]);
    }

    [Fact]
    public async Task Verify_WiderTolerance_Is0()
    {
        _folder.Write("expected/t.csv", "k,mean\n1,0.5\n");
        _folder.Write("got/t.csv", "k,mean\n1,0.51\n");

        string[] line = ["verify", _folder.File("got"), _folder.File("expected")];
        Assert.Equal(1, (await AppRun.Of(line)).ExitCode);
        Assert.Equal(0, (await AppRun.Of([.. line, "--tolerance", "0.02"])).ExitCode);
    }

    [Theory]
    [InlineData("--where experiment=pickapic,average_captions", 0, "")]
    [InlineData("--where experiment=pickapic direction=language_to_vision", 0, "")]
    [InlineData("--where experiment=pikapic", 2, "--where: no expected table has experiment=pikapic")]
    [InlineData("--where experiment", 2, "--where: expected column=value,value, got 'experiment'")]
    [InlineData("--tolerance -1", 2, "--tolerance: expected a number that is not negative, got -1")]
    public async Task Verify_Options_AreTakenOrExplained(string options, int exitCode, string words)
    {
        AppRun run = await AppRun.Of(["verify", s_toy, s_toy, .. options.Split(' ')]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.StartsWith(words.Length == 0 ? "" : $"alignbench: {words}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_FolderWithoutTables_Is1AndNamesIt()
    {
        AppRun run = await AppRun.Of("verify", _folder.Root, s_toy);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal($"alignbench: {_folder.Root}: expected CSV tables, got none\n", run.Error);
    }
}
