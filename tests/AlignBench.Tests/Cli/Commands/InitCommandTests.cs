namespace AlignBench.Tests.Cli.Commands;

public sealed class InitCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Init_Custom_SaysWhatIsThereAndWhatComesNext()
    {
        string path = _folder.File("mine.yaml");

        AppRun run = await AppRun.Of("init", "custom", path);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            $"{path} (your own images, captions and models), and run.schema.json for editors\nThen: alignbench run {path}\n",
            run.Output);
        Assert.True(File.Exists(_folder.File("run.schema.json")));
    }

    [Fact]
    public async Task Init_Twice_IsRefused()
    {
        string path = _folder.File("mine.yaml");
        await AppRun.Of("init", "study1", path);

        AppRun run = await AppRun.Of("init", "study2", path);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal($"alignbench: {path}: there is such a file already; --force replaces it\n", run.Error);
        Assert.Equal(0, (await AppRun.Of("init", "study2", path, "--force")).ExitCode);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("train-adapters")]
    public async Task Schema_IsThatWhichInitWrites(string command)
    {
        await AppRun.Of("init", command == "run" ? "study1" : "study2", _folder.File("mine.yaml"));

        AppRun run = await AppRun.Of("schema", command);

        Assert.Equal(await File.ReadAllTextAsync(_folder.File($"{command}.schema.json")), run.Output);
    }
}
