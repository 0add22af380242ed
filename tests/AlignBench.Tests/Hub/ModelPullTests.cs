using AlignBench.Hub.Cache;

namespace AlignBench.Tests.Hub;

public class ModelPullTests
{
    [Fact]
    public async Task Run_EmptyCache_LaysOutWhatHuggingfaceHubLaysOut()
    {
        await using PullSetup setup = new();

        PulledModel model = await setup.PullAsync();

        string config = setup.Fake.Etag("config.json");
        string processor = setup.Fake.Etag("preprocessor_config.json");
        string weights = FakeHub.Sha256(PullSetup.Weights);
        Assert.Equal("1b0711c3f4d71a7b03279aa4d71c32bb29d1adf9", config);   // as git hash-object says
        Assert.Equal(new PulledModel(setup.Snapshot, FakeHub.Commit, IsNew: true), model);
        Assert.Equal(
            new[]
            {
                $".locks/models--owner--name/{config}.lock",
                $".locks/models--owner--name/{processor}.lock",
                $".locks/models--owner--name/{weights}.lock",
                $"models--owner--name/blobs/{config}",
                $"models--owner--name/blobs/{processor}",
                $"models--owner--name/blobs/{weights}",
                "models--owner--name/refs/main",
                $"models--owner--name/snapshots/{FakeHub.Commit}/config.json",
                $"models--owner--name/snapshots/{FakeHub.Commit}/model.safetensors",
                $"models--owner--name/snapshots/{FakeHub.Commit}/preprocessor_config.json",
                $"models--owner--name/trees/{FakeHub.Commit}.json",
            }.Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(setup.Cache, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(setup.Cache, path)).Order(StringComparer.Ordinal));
        Assert.Equal(FakeHub.Commit, File.ReadAllText(Path.Combine(setup.Repository, "refs", "main")));
        Assert.Equal($"../../blobs/{config}", setup.Link("config.json"));
        Assert.Equal($"../../blobs/{weights}", setup.Link("model.safetensors"));
        Assert.Equal(PullSetup.Weights, File.ReadAllBytes(Path.Combine(setup.Snapshot, "model.safetensors")));
    }

    [Fact]
    public async Task Run_AnotherRevision_HasItsOwnReference()
    {
        await using PullSetup setup = new();

        await setup.PullAsync("refs/pr/1");
        await setup.PullAsync(FakeHub.Commit);

        Assert.Equal(FakeHub.Commit, File.ReadAllText(Path.Combine(setup.Repository, "refs", "refs", "pr", "1")));
        Assert.Single(Directory.EnumerateFiles(
            Path.Combine(setup.Repository, "refs"), "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("main", 1)]
    [InlineData(FakeHub.Commit, 0)]
    public async Task Run_Again_AsksAtMostOnceAndChangesNothing(string revision, int requests)
    {
        await using PullSetup setup = new();
        PulledModel first = await setup.PullAsync();
        setup.Fake.Hub.Requests.Clear();
        setup.Fake.Store.Requests.Clear();

        PulledModel second = await setup.PullAsync(revision);

        Assert.Equal(first with { IsNew = false }, second);
        Assert.Equal(requests, setup.Fake.Hub.Requests.Count);
        Assert.Empty(setup.Fake.Store.Requests);
    }

    [Fact]
    public async Task Run_BranchThatMoved_FetchesOnlyWhatChanged()
    {
        await using PullSetup setup = new();
        await setup.PullAsync();
        setup.Fake.Head = new string('f', 40);
        setup.Fake.Add("config.json", """{"model_type": "bloom"}""");
        setup.Fake.Store.Requests.Clear();

        PulledModel model = await setup.PullAsync();

        Assert.True(model.IsNew);
        Assert.Equal(setup.Fake.Head, File.ReadAllText(Path.Combine(setup.Repository, "refs", "main")));
        Assert.Equal("""{"model_type": "bloom"}""", File.ReadAllText(Path.Combine(model.Snapshot, "config.json")));
        Assert.Equal(PullSetup.Weights, File.ReadAllBytes(Path.Combine(model.Snapshot, "model.safetensors")));
        Assert.Empty(setup.Fake.Store.Requests);
    }

    // huggingface_hub before 2026 wrote no trees/, and copies instead of links where links can't be.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_CacheThatPythonFilled_IsUsedAsItIs(bool links)
    {
        await using PullSetup setup = new();
        await setup.PullAsync();
        Directory.Delete(Path.Combine(setup.Repository, "trees"), recursive: true);
        Directory.Delete(Path.Combine(setup.Cache, ".locks"), recursive: true);
        string weights = Path.Combine(setup.Snapshot, "model.safetensors");
        if (!links)
        {
            File.Delete(weights);
            File.Move(Path.Combine(setup.Repository, "blobs", setup.Fake.Etag("model.safetensors")), weights);
        }

        setup.Fake.Store.Requests.Clear();

        Assert.False((await setup.PullAsync()).IsNew);
        Assert.Empty(setup.Fake.Store.Requests);
        setup.IsOffline = true;
        Assert.False((await setup.PullAsync()).IsNew);
    }

    [Fact]
    public async Task Run_SnapshotWithALinkToNowhereOrABlobCutShort_IsMended()
    {
        await using PullSetup setup = new();
        await setup.PullAsync();
        File.Delete(Path.Combine(setup.Repository, "blobs", setup.Fake.Etag("config.json")));
        File.WriteAllBytes(Path.Combine(setup.Repository, "blobs", setup.Fake.Etag("model.safetensors")), [0]);

        Assert.True((await setup.PullAsync()).IsNew);

        Assert.Equal(PullSetup.Weights, File.ReadAllBytes(Path.Combine(setup.Snapshot, "model.safetensors")));
        Assert.Equal("""{"model_type": "dinov2"}""", File.ReadAllText(Path.Combine(setup.Snapshot, "config.json")));
    }

    [Fact]
    public async Task Run_Offline_UsesWhatIsThereAndAsksNothing()
    {
        await using PullSetup setup = new();
        PulledModel first = await setup.PullAsync();
        setup.Fake.Hub.Requests.Clear();
        setup.IsOffline = true;

        Assert.Equal(first with { IsNew = false }, await setup.PullAsync());
        Assert.Empty(setup.Fake.Hub.Requests);

        File.Delete(Path.Combine(setup.Snapshot, "preprocessor_config.json"));
        Assert.Equal(
            $"owner/name at main: {setup.Cache} lacks preprocessor_config.json, and HF_HUB_OFFLINE forbids to fetch it",
            await setup.FailAsync());
        Assert.Equal(
            $"owner/name at v2: not in {setup.Cache}, and HF_HUB_OFFLINE forbids to fetch it", await setup.FailAsync("v2"));
    }

    [Fact]
    public async Task Run_HubThatDescribesNoFiles_AsksForEachByHead()
    {
        await using PullSetup setup = new();
        setup.Fake.Describes = false;

        await setup.PullAsync();

        Assert.Equal($"../../blobs/{setup.Fake.Etag("config.json")}", setup.Link("config.json"));
        Assert.Equal($"../../blobs/{FakeHub.Sha256(PullSetup.Weights)}", setup.Link("model.safetensors"));
        Assert.False(Directory.Exists(Path.Combine(setup.Repository, "trees")));
        Assert.False((await setup.PullAsync()).IsNew);
    }

    [Fact]
    public async Task Run_FileThatCannotBeVerified_IsRefused()
    {
        await using PullSetup setup = new();
        setup.Fake.Describes = false;
        setup.Fake.Fail("resolve-cache", reply => reply.With("ETag", "W/\"5-abc\""));

        Assert.Equal(
            $"owner/name: config.json: expected commit {FakeHub.Commit}, a size and a digest to verify it by, "
            + $"got commit '{FakeHub.Commit}', size 24, ETag '5-abc'",
            await setup.FailAsync());
    }

    [Fact]
    public async Task Run_Progress_CountsTheBytesThatHadToCome()
    {
        await using PullSetup setup = new();
        setup.LeavePartial("model.safetensors", PullSetup.Weights[..1_000_000]);

        await setup.PullAsync();

        Assert.All(setup.Progress, report => Assert.InRange(report.Done, 0, report.Total));
        Assert.Equal(
            new StageProgress("owner/name", 2_000_026, 2_000_026) { AreBytes = true }, setup.Progress.Last());
    }

    [Fact]
    public async Task Run_ManyAtOnce_FetchEachFileOnce()
    {
        await using PullSetup setup = new();

        PulledModel[] models =
            await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => setup.PullAsync())));

        Assert.All(models, model => Assert.Equal(setup.Snapshot, model.Snapshot));
        Assert.Single(setup.Fake.Store.Requests);
        Assert.Equal(PullSetup.Weights, File.ReadAllBytes(Path.Combine(setup.Snapshot, "model.safetensors")));
    }

    [Fact]
    public async Task Run_WhileAnotherProcessHasTheLock_WaitsAndSaysSo()
    {
        await using PullSetup setup = new();
        string path = Path.Combine(
            setup.Cache, ".locks", "models--owner--name", $"{setup.Fake.Etag("config.json")}.lock");
        FileLock taken = await FileLock.AcquireAsync(path, () => { }, CancellationToken.None);

        Task<PulledModel> pull = setup.PullAsync();
        while (setup.Log.IsEmpty)
        {
            await Task.Delay(10);
        }

        Assert.Equal(["owner/name: config.json: another process is fetching it; waiting"], setup.Log);
        Assert.False(pull.IsCompleted);
        taken.Dispose();
        Assert.True((await pull).IsNew);
    }

    [Fact]
    public async Task Run_CacheThatIsNoFolder_IsOneLine()
    {
        await using PullSetup setup = new();
        File.WriteAllText(setup.Cache, "in the way");

        IOException e = await Assert.ThrowsAnyAsync<IOException>(() => setup.PullAsync());

        Assert.DoesNotContain('\n', e.Message);
        Assert.Contains(setup.Cache, e.Message, StringComparison.Ordinal);
    }
}
