namespace AlignBench.Tests.Hub;

/// <summary>Downloads from a hub that fails in every way that a test can think of.</summary>
public class DownloadTests
{
    private static string WeightsDigest => FakeHub.Sha256(PullSetup.Weights);

    [Fact]
    public async Task Pull_ConnectionCut_GoesOnWhereItBroke()
    {
        await using PullSetup setup = new();
        setup.Fake.Fail($"/{WeightsDigest}", reply => reply with { CutAfter = 500_000 });
        setup.Fake.Fail("preprocessor_config.json", reply => reply, reply => reply with { CutAfter = 1 });

        await AssertWhole(setup);

        Assert.Equal([null, "bytes=500000-"], setup.Fake.Store.Requests.Select(request => request.Header("Range")));
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)], setup.Waits);
    }

    // More than a megabyte came between the failures, so that each counts as the first.
    [Fact]
    public async Task Pull_ConnectionCutAgainAndAgainWithProgress_NeverGivesUp()
    {
        await using PullSetup setup = new();
        Func<StubReply, StubReply> cut = reply => reply with { CutAfter = Math.Min(reply.Body.Length, 1_100_000) };
        setup.Fake.Fail($"/{WeightsDigest}", cut, cut);

        await AssertWhole(setup);

        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)], setup.Waits);
    }

    [Fact]
    public async Task Pull_ConnectionCutAgainAndAgainWithout_GivesUpAndKeepsThePart()
    {
        await using PullSetup setup = new();
        Func<StubReply, StubReply> cut = reply => reply with { CutAfter = 1000 };
        setup.Fake.Fail($"/{WeightsDigest}", [.. Enumerable.Repeat(cut, 6)]);

        Assert.EndsWith("; gave up after 6 attempts", await setup.FailAsync(), StringComparison.Ordinal);

        Assert.Equal([1, 2, 4, 8, 16], setup.Waits.Select(wait => wait.TotalSeconds));
        Assert.Equal(PullSetup.Weights[..6000], File.ReadAllBytes(setup.Partial("model.safetensors")));
        Assert.False(File.Exists(Path.Combine(setup.Repository, "refs", "main")));
        await AssertWhole(setup);
        Assert.Equal("bytes=6000-", setup.Fake.Store.Requests.Last().Header("Range"));
    }

    [Theory]
    [InlineData(1_000_000, "bytes=1000000-")]
    [InlineData(3_000_000, null)]
    public async Task Pull_PartOfAnEarlierOne_IsResumed(int bytes, string? range)
    {
        await using PullSetup setup = new();
        setup.LeavePartial("model.safetensors", PullSetup.Weights[..bytes]);

        await AssertWhole(setup);

        Assert.Equal(range, setup.Fake.Store.Requests.SingleOrDefault()?.Header("Range"));
        Assert.False(File.Exists(setup.Partial("model.safetensors")));
    }

    [Fact]
    public async Task Pull_PartThatIsTooLong_IsBegunAnew()
    {
        await using PullSetup setup = new();
        setup.LeavePartial("model.safetensors", FakeHub.Pattern(3_000_001));

        await AssertWhole(setup);

        Assert.Null(setup.Fake.Store.Requests.Single().Header("Range"));
    }

    [Fact]
    public async Task Pull_PartWithWrongBytes_IsFetchedAgainWhole()
    {
        await using PullSetup setup = new();
        setup.LeavePartial("model.safetensors", new byte[1000]);

        await AssertWhole(setup);

        Assert.Equal(["bytes=1000-", null], setup.Fake.Store.Requests.Select(request => request.Header("Range")));
        Assert.All(setup.Progress, report => Assert.InRange(report.Done, 0, report.Total));
    }

    [Fact]
    public async Task Pull_ServerThatIgnoresRanges_BeginsAnew()
    {
        await using PullSetup setup = new();
        setup.LeavePartial("model.safetensors", PullSetup.Weights[..1000]);
        setup.Fake.Fail($"/{WeightsDigest}", _ => new StubReply(200, PullSetup.Weights));

        await AssertWhole(setup);

        Assert.Empty(setup.Waits);
    }

    [Theory]
    [InlineData(416, 0)]
    [InlineData(206, 1)]
    public async Task Pull_ServerThatSendsNoSuchRange_BeginsAnew(int status, int start)
    {
        await using PullSetup setup = new();
        setup.LeavePartial("model.safetensors", PullSetup.Weights[..1000]);
        setup.Fake.Fail(
            $"/{WeightsDigest}", _ => new StubReply(status, [], ("Content-Range", $"bytes {start}-2999999/3000000")));

        await AssertWhole(setup);

        Assert.Null(setup.Fake.Store.Requests.Last().Header("Range"));
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("config.json")]
    public async Task Pull_WrongBytesOnce_AreFetchedAgain(string name)
    {
        await using PullSetup setup = new();
        setup.Fake.Fail(Answers(setup, name), Spoil);

        await AssertWhole(setup);

        Assert.Contains("; fetching it again", setup.Log.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("config.json")]
    public async Task Pull_WrongBytesTwice_AreRefusedWithBothDigests(string name)
    {
        await using PullSetup setup = new();
        string got = "";
        StubReply Note(StubReply reply)
        {
            StubReply spoilt = Spoil(reply);
            got = name == "config.json" ? FakeHub.GitSha1(spoilt.Body) : FakeHub.Sha256(spoilt.Body);
            return spoilt;
        }

        setup.Fake.Fail(Answers(setup, name), Note, Note);

        string message = await setup.FailAsync();

        Assert.Equal(
            $"owner/name: {name}: expected bytes with digest {setup.Fake.Etag(name)}, got {got} twice", message);
        Assert.False(File.Exists(setup.Partial(name)));
        Assert.False(File.Exists(Path.Combine(setup.Repository, "blobs", setup.Fake.Etag(name))));
    }

    [Fact]
    public async Task Pull_AnotherSizeThanListed_IsRefused()
    {
        await using PullSetup setup = new();
        setup.Fake.Fail(
            $"/{WeightsDigest}", [.. Enumerable.Repeat((StubReply _) => new StubReply(200, FakeHub.Pattern(7)), 6)]);

        Assert.Equal(
            "owner/name: model.safetensors: expected 3000000 bytes, the server announces 7; gave up after 6 attempts",
            await setup.FailAsync());
    }

    [Fact]
    public async Task Pull_CompressedAnswer_IsRefused()
    {
        await using PullSetup setup = new();
        setup.Fake.Fail($"/{WeightsDigest}", reply => reply.With("Content-Encoding", "gzip"));

        Assert.Equal("owner/name: model.safetensors: expected plain bytes, got gzip", await setup.FailAsync());
        Assert.Equal("identity", setup.Fake.Store.Requests.Single().Header("Accept-Encoding"));
    }

    [Theory]
    [InlineData("/api/models/")]
    [InlineData("resolve-cache")]
    public async Task Pull_ServerThatFallsSilent_IsAskedAgain(string part)
    {
        await using PullSetup setup = new() { Silence = TimeSpan.FromSeconds(1) };
        setup.Fake.Fail(part, reply => reply with { SilentAfter = 1 });

        await AssertWhole(setup);

        Assert.EndsWith("nothing came for 1 s; trying again in 1 s", setup.Log.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_Cancelled_KeepsThePart()
    {
        await using PullSetup setup = new();
        setup.Fake.Fail($"/{WeightsDigest}", reply => reply with { CutAfter = 700_000 });
        using CancellationTokenSource interrupted = new();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => setup.PullAsync("main", interrupted.Cancel, interrupted.Token));

        Assert.Equal(700_000, new FileInfo(setup.Partial("model.safetensors")).Length);
        await AssertWhole(setup);
        Assert.Equal("bytes=700000-", setup.Fake.Store.Requests.Last().Header("Range"));
    }

    private static StubReply Spoil(StubReply reply) =>
        reply with { Body = [(byte)~reply.Body[0], .. reply.Body[1..]] };

    // The answer that carries the bytes, not the one that redirects to it.
    private static string Answers(PullSetup setup, string name) =>
        name == "config.json" ? $"{FakeHub.Commit}/{name}?" : $"/{setup.Fake.Etag(name)}";

    private static async Task AssertWhole(PullSetup setup)
    {
        await setup.PullAsync();
        Assert.Equal(PullSetup.Weights, File.ReadAllBytes(Path.Combine(setup.Snapshot, "model.safetensors")));
        Assert.Equal("""{"model_type": "dinov2"}""", File.ReadAllText(Path.Combine(setup.Snapshot, "config.json")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(setup.Repository, "blobs"), "*.incomplete"));
    }
}
