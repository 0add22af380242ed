using AlignBench.Cli.Commands;
using AlignBench.Features;
using AlignBench.Hub;
using AlignBench.Safetensors;
using AlignBench.Tests.Hub;

namespace AlignBench.Tests.Cli.Commands;

public sealed class PullCommandTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeHub _fake = new();
    private readonly Dictionary<string, string> _variables = [];

    public PullCommandTests()
    {
        string model = Path.Combine(TestPaths.Toy, "models", "dinov2-toy-s");
        foreach (string path in Directory.EnumerateFiles(model).Where(path => Path.GetExtension(path) == ".json"))
        {
            _fake.Add(Path.GetFileName(path), File.ReadAllText(path));
        }

        _fake.AddLarge("model.safetensors", File.ReadAllBytes(Path.Combine(model, "model.safetensors")));
        _variables["HF_ENDPOINT"] = _fake.Hub.Address.AbsoluteUri;
        _variables["HF_HOME"] = _folder.Root;
    }

    private HubEnvironment Environment => new(_variables.GetValueOrDefault, _folder.Root);

    private string Snapshot =>
        Path.Combine(_folder.Root, "hub", "models--owner--name", "snapshots", FakeHub.Commit);

    public async ValueTask DisposeAsync()
    {
        await _fake.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Pull_PrintsTheFolderAndSaysWhatWasDone()
    {
        AppRun first = await RunAsync("pull", "owner/name");
        AppRun second = await RunAsync("pull", "owner/name");
        AppRun third = await RunAsync("pull", "owner/name", "--quiet", "--revision", FakeHub.Commit);

        string folder = $"{Snapshot}\n";
        Assert.Equal(new AppRun(0, folder, $"owner/name at main: pulled, commit {FakeHub.Commit}\n"), first);
        Assert.Equal(new AppRun(0, folder, $"owner/name at main: up to date, commit {FakeHub.Commit}\n"), second);
        Assert.Equal(new AppRun(0, folder, ""), third);
    }

    [Fact]
    public async Task Pull_Model_IsFoundByItsIdAndReadThroughItsLinks()
    {
        await RunAsync("pull", "owner/name");

        string found = ModelLocator.Find("owner/name", _folder.Root, Environment.Cache);

        Assert.Equal(Snapshot, found);
        using IWeightSource pulled = Checkpoint.Open(found);
        using IWeightSource original = Checkpoint.Open(Path.Combine(TestPaths.Toy, "models", "dinov2-toy-s"));
        Assert.Equal(original.Tensors.Keys.Order(), pulled.Tensors.Keys.Order());
    }

    [Fact]
    public void Find_ModelThatWasNotPulled_NamesThePull()
    {
        CheckpointException e = Assert.Throws<CheckpointException>(
            () => ModelLocator.Find("owner/name", _folder.Root, Environment.Cache));

        Assert.Contains(
            $"{_folder.Root}/hub does not hold it ('alignbench pull' fetches it)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_IntoAnotherCache_GoesThere()
    {
        string cache = _folder.File("elsewhere");

        AppRun run = await RunAsync("pull", "owner/name", "--cache", cache);

        Assert.StartsWith(cache, run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("hub")));
    }

    [Fact]
    public async Task Pull_ShortName_IsTheCatalogs()
    {
        AppRun run = await RunAsync("pull", "dinov2-small");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            $"alignbench: {_fake.Hub.Address.Authority} has no model facebook/dinov2-small, or a private one, "
            + "for which HF_TOKEN must be set\n",
            run.Error);
    }

    [Theory]
    [InlineData("dinov2-smal", "; did you mean 'dinov2-small'?")]
    [InlineData("facebook/dinov2-small/main", "; did you mean 'facebook/dinov2-small'?")]
    [InlineData("../../somewhere/else", "")]
    [InlineData("https://huggingface.co/owner/name/tree/main", "; did you mean 'owner/name'?")]
    [InlineData("owner/name@v2", "; did you mean 'owner/name --revision v2'?")]
    [InlineData("/", "; a folder needs no pull: give it to --model as it is")]
    public async Task Pull_NameThatIsNone_IsWrongUse(string name, string suggestion)
    {
        AppRun run = await RunAsync("pull", name);

        Assert.Equal(
            $"alignbench: expected a hub id, owner/name, or a short name of 'alignbench list models', got '{name}'"
            + $"{suggestion} (see 'alignbench pull --help')\n",
            run.Error);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(_fake.Hub.Requests);
    }

    [Fact]
    public async Task Pull_RevisionThatIsNone_IsWrongUse()
    {
        AppRun run = await RunAsync("pull", "owner/name", "--revision", "../x");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            "alignbench: --revision: expected a branch, tag or commit, got '../x' (see 'alignbench pull --help')\n",
            run.Error);
    }

    [Fact]
    public async Task Pull_AModelOfAnotherArchitecture_IsFetchedWithAWarningBeforeItsWeights()
    {
        _fake.Add("config.json", "{\"model_type\": \"whisper\"}");

        AppRun run = await RunAsync("pull", "owner/name");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith(
            $"warning: owner/name can't be used by this program: {Snapshot}/config.json: model_type whisper is not supported",
            run.Error,
            StringComparison.Ordinal);
        Assert.EndsWith($"owner/name at main: pulled, commit {FakeHub.Commit}\n", run.Error, StringComparison.Ordinal);
    }

    // A name that is no host's, so that nobody is asked: a label of a host's name has 63 letters at most.
    [Fact]
    public async Task Pull_HostThatIsNotFound_IsNotWaitedFor()
    {
        _variables["HF_ENDPOINT"] = $"http://{new string('a', 64)}.invalid";

        AppRun run = await RunAsync("pull", "owner/name");

        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("; without a network, HF_HUB_OFFLINE=1 uses what the cache has\n", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Pull_Offline_SaysSo()
    {
        _variables["HF_HUB_OFFLINE"] = "1";

        AppRun run = await RunAsync("pull", "owner/name");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            $"alignbench: owner/name at main: not in {_folder.Root}/hub, and HF_HUB_OFFLINE forbids to fetch it\n",
            run.Error);
    }

    private Task<AppRun> RunAsync(params string[] args) => AppRun.Of(PullCommand.Create(Environment), args);
}
