using System.Collections.Concurrent;
using AlignBench.Hub;
using AlignBench.Hub.Cache;
using AlignBench.Hub.Requests;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace AlignBench.Tests.Hub;

/// <summary>A hub with one model, an empty cache, and pulls that wait for nothing.</summary>
internal sealed class PullSetup : IAsyncDisposable, ILogEventSink, IProgress<StageProgress>
{
    public static readonly byte[] Weights = FakeHub.Pattern(3_000_000);

    private readonly TemporaryFolder _folder = new();

    public PullSetup(bool withWeights = true)
    {
        Fake.Add("README.md", "Not needed.")
            .Add("config.json", """{"model_type": "dinov2"}""")
            .Add("preprocessor_config.json", "{}");
        if (withWeights)
        {
            Fake.AddLarge("model.safetensors", Weights).AddLarge("pytorch_model.bin", [1, 2, 3]);
        }
    }

    public FakeHub Fake { get; } = new();

    /// <summary>The hub, as messages name it.</summary>
    public string Host => Fake.Hub.Address.Authority;

    public string Cache => _folder.File("hub");

    public string Repository => Path.Combine(Cache, "models--owner--name");

    public string Snapshot => Path.Combine(Repository, "snapshots", FakeHub.Commit);

    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public ConcurrentQueue<string> Log { get; } = new();

    public ConcurrentQueue<StageProgress> Progress { get; } = new();

    public string? Token { get; set; }

    public bool IsOffline { get; set; }

    public TimeSpan Silence { get; set; } = TimeSpan.FromMinutes(1);

    public DateTimeOffset Now { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string Partial(string name) => Path.Combine(Repository, "blobs", $"{Fake.Etag(name)}.incomplete");

    /// <summary>Leaves a part of a file, as an interrupted pull does.</summary>
    public void LeavePartial(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.Combine(Repository, "blobs"));
        File.WriteAllBytes(Partial(name), bytes);
    }

    public string Link(string name) => new FileInfo(Path.Combine(Snapshot, name)).LinkTarget!;

    public async Task<PulledModel> PullAsync(
        string revision = "main", Action? onWait = null, CancellationToken cancellation = default)
    {
        HubSettings settings = new()
        {
            Endpoint = new Uri(Fake.Hub.Address.AbsoluteUri.TrimEnd('/')),
            Token = Token,
            Cache = Cache,
            IsOffline = IsOffline,
        };
        HubPatience patience = new()
        {
            Silence = Silence,
            Clock = new StandingClock(Now),
            Wait = (wait, token) =>
            {
                Waits.Enqueue(wait);
                onWait?.Invoke();
                token.ThrowIfCancellationRequested();
                return Task.CompletedTask;
            },
        };
        using Logger log = new LoggerConfiguration().WriteTo.Sink(this).CreateLogger();
        using ModelPull pull = new(settings, patience, log);
        return await pull.RunAsync(HubId.TryParse("owner/name")!, revision, this, cancellation);
    }

    public async Task<string> FailAsync(string revision = "main") =>
        (await Assert.ThrowsAsync<HubException>(() => PullAsync(revision))).Message;

    public void Emit(LogEvent logEvent) => Log.Enqueue(logEvent.RenderMessage());

    public void Report(StageProgress value) => Progress.Enqueue(value);

    public async ValueTask DisposeAsync()
    {
        await Fake.DisposeAsync();
        _folder.Dispose();
    }

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
