namespace AlignBench.Tests.Cli.Commands;

public class ReferenceCommandTests
{
    [Fact]
    public async Task Reference_IsThePageInTheRepository()
    {
        AppRun run = await AppRun.Of("reference");

        string page = await File.ReadAllTextAsync(Path.Combine(TestPaths.Root, "docs", "cli.md"));
        Assert.True(
            page == run.Output, "docs/cli.md is not what the commands' help says: ./alignbench reference > docs/cli.md");
    }

    [Fact]
    public async Task Reference_EveryCommandOfTheReadme_IsThere()
    {
        AppRun run = await AppRun.Of("reference");

        string[] named =
        [
            .. (await File.ReadAllLinesAsync(Path.Combine(TestPaths.Root, "README.md")))
                .Where(line => line.StartsWith("    alignbench ", StringComparison.Ordinal))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]),
        ];
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains($"\n## alignbench {name}\n", run.Output, StringComparison.Ordinal));
    }
}
