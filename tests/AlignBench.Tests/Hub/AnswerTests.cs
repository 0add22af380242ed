namespace AlignBench.Tests.Hub;

/// <summary>What the user is told of a hub's answers, and who is told the token.</summary>
public class AnswerTests
{
    private const string Listing = "/api/models/";

    [Theory]
    [InlineData(429, "Retry-After", "7", 7)]
    [InlineData(503, "Retry-After", "0", 0)]
    [InlineData(503, "Retry-After", "Thu, 01 Jan 2026 00:01:30 GMT", 90)]
    [InlineData(429, "RateLimit", "\"api\";r=0;t=55", 56)]
    [InlineData(429, "RateLimit", "\"api\";r=9;t=55", 1)]
    [InlineData(500, "X-Any", "", 1)]
    [InlineData(408, "X-Any", "", 1)]
    public async Task Pull_BusyHub_WaitsAsLongAsItAsksFor(int status, string header, string value, double seconds)
    {
        await using PullSetup setup = new();
        setup.Fake.Fail(Listing, _ => new StubReply(status, [], (header, value)));

        await setup.PullAsync();

        Assert.Equal([seconds], setup.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task Pull_HubThatIsBusyForLong_GivesUp()
    {
        await using PullSetup setup = new();
        setup.Fake.Fail(
            Listing, [.. Enumerable.Repeat((StubReply _) => new StubReply(503, []) { Reason = "Unavailable" }, 6)]);

        Assert.Equal(
            $"{setup.Host} answered 503 Unavailable for owner/name at main; gave up after 6 attempts",
            await setup.FailAsync());
        Assert.Equal([1, 2, 4, 8, 16], setup.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task Pull_HubThatAsksForTooMuchPatience_IsGivenUpAtOnce()
    {
        await using PullSetup setup = new();
        setup.Fake.Fail(Listing, _ => new StubReply(429, [], ("Retry-After", "86400")) { Reason = "Too Many" });

        Assert.EndsWith(
            "answered 429 Too Many for owner/name at main, and asks to wait 86400 s; pull again after that",
            await setup.FailAsync(),
            StringComparison.Ordinal);
        Assert.Empty(setup.Waits);
    }

    [Theory]
    [InlineData(401, "RepoNotFound", "", null,
        "HOST has no model owner/name, or a private one, for which HF_TOKEN must be set")]
    [InlineData(401, "", "", null, "HOST has no model owner/name, or a private one, for which HF_TOKEN must be set")]
    [InlineData(401, "", "Invalid credentials", "hf_x",
        "HOST refuses the token of HF_TOKEN or the token file: Invalid credentials")]
    [InlineData(404, "RepoNotFound", "", "hf_x",
        "HOST has no model owner/name, or the token's account may not see it")]
    [InlineData(404, "RevisionNotFound", "", null, "owner/name has no branch, tag or commit 'main' at HOST")]
    [InlineData(403, "GatedRepo", "", "hf_x",
        "owner/name is gated, and the token's account has no access to it yet: ask for it at http://HOST/owner/name")]
    [InlineData(401, "GatedRepo", "", null,
        "owner/name is gated: ask for access at http://HOST/owner/name, then set HF_TOKEN")]
    [InlineData(403, "", "Access to this resource is disabled.", null,
        "HOST forbids owner/name at main: Access to this resource is disabled; no token is set (HF_TOKEN)")]
    [InlineData(403, "", "", "hf_x", "HOST forbids owner/name at main; the token may lack the permission to read it")]
    [InlineData(404, "", "", null,
        "HOST answered 404 Said for owner/name at main; "
        + "expected a Hugging Face hub there (HF_ENDPOINT) and the name of a model")]
    [InlineData(451, "", "Not here", null, "HOST answered 451 Said for owner/name at main: Not here")]
    public async Task Pull_HubThatRefuses_SaysWhyInOneLine(
        int status, string code, string words, string? token, string message)
    {
        await using PullSetup setup = new() { Token = token };
        setup.Fake.Fail(Listing, _ => new StubReply(status, [], ("X-Error-Code", code), ("X-Error-Message", words)));

        string expected = message.Replace("HOST", setup.Host, StringComparison.Ordinal);
        Assert.Equal(expected, await setup.FailAsync());
        Assert.Empty(setup.Waits);
    }

    [Fact]
    public async Task Pull_StoreThatRefuses_IsNotTakenForTheHub()
    {
        await using PullSetup setup = new();
        setup.Fake.Fail(
            $"/{setup.Fake.Etag("model.safetensors")}", _ => new StubReply(403, []) { Reason = "Forbidden" });

        Assert.Equal(
            $"{setup.Fake.Store.Address.Authority} answered 403 Forbidden for owner/name: model.safetensors",
            await setup.FailAsync());
    }

    [Fact]
    public async Task Pull_WithAToken_TellsItToTheHubAlone()
    {
        await using PullSetup setup = new() { Token = "hf_secret" };
        setup.Fake.Token = "hf_secret";

        await setup.PullAsync();

        Assert.All(
            setup.Fake.Hub.Requests,
            request => Assert.Equal("Bearer hf_secret", request.Header("Authorization")));
        Assert.NotEmpty(setup.Fake.Store.Requests);
        Assert.All(setup.Fake.Store.Requests, request => Assert.Null(request.Header("Authorization")));
    }

    // A host that sends the asker back must not get at what only the token's owner may see.
    [Fact]
    public async Task Pull_RedirectedAwayAndBack_TellsTheTokenNoMore()
    {
        await using PullSetup setup = new() { Token = "hf_secret" };
        setup.Fake.Fail(
            $"/{setup.Fake.Etag("model.safetensors")}",
            _ => new StubReply(302, [], ("Location", $"{setup.Fake.Hub.Address}private")));

        await setup.FailAsync();

        StubRequest back = setup.Fake.Hub.Requests.Single(request => request.Target == "/private");
        Assert.Null(back.Header("Authorization"));
    }

    [Fact]
    public async Task Pull_RedirectedInCircles_GivesUp()
    {
        await using PullSetup setup = new();
        StubReply circle = new(307, [], ("Location", "/api/models/owner/name"));
        setup.Fake.Fail("/", [.. Enumerable.Repeat((StubReply _) => circle, 20)]);

        Assert.Equal(
            $"owner/name at main: {setup.Host} redirects more than 10 times", await setup.FailAsync());
    }

    [Theory]
    [InlineData("../../evil.json")]
    [InlineData("/etc/vocab.json")]
    [InlineData("a/../../vocab.json")]
    [InlineData("..\\\\vocab.json")]
    [InlineData("C:\\\\vocab.json")]
    public async Task Pull_ListingWithANameThatLeavesTheFolder_IsRefused(string name)
    {
        await using PullSetup setup = new();
        setup.Fake.Add(name.Replace("\\\\", "\\", StringComparison.Ordinal), "x");

        Assert.Contains(
            "expected file names inside the repository, got '", await setup.FailAsync(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(setup.Repository));
    }

    [Theory]
    [InlineData("<html>", "expected a hub's JSON with sha and siblings: ")]
    [InlineData("[]", "expected a hub's JSON with sha and siblings: ")]
    [InlineData("""{"sha": "../x", "siblings": []}""", "expected a commit of 40 hexadecimal digits, got '../x'")]
    [InlineData(
        """{"sha": "0123456789abcdef0123456789abcdef01234567", "siblings": [{"rfilename": "a", "blobId": "../x"}]}""",
        "a: expected size and digests, got ")]
    public async Task Pull_AnswerThatIsNoListing_IsRefused(string body, string words)
    {
        await using PullSetup setup = new();
        setup.Fake.Fail(Listing, _ => new StubReply(200, System.Text.Encoding.UTF8.GetBytes(body)));

        Assert.StartsWith(
            $"{setup.Host}: owner/name at main: {words}", await setup.FailAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_HubThatIsNotThere_GivesUp()
    {
        await using PullSetup setup = new();
        await setup.Fake.Hub.DisposeAsync();

        Assert.Equal(
            $"owner/name at main: Connection refused ({setup.Host}); gave up after 6 attempts",
            await setup.FailAsync());
    }
}
