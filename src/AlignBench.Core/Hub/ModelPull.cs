using AlignBench.Hub.Cache;
using AlignBench.Hub.Requests;
using Serilog;

namespace AlignBench.Hub;

/// <summary>
/// Fetches checkpoints from a Hugging Face hub into the cache of huggingface_hub. What is there is not fetched
/// again, whoever fetched it; what was interrupted goes on; nothing gets its name before its digest is verified.
/// </summary>
public sealed class ModelPull : IDisposable
{
    private const string Forbidden = "and HF_HUB_OFFLINE forbids to fetch it";

    private readonly HubSettings _settings;
    private readonly HubClient _client;
    private readonly Retries _retries;
    private readonly ILogger _log;

    public ModelPull(HubSettings settings, ILogger log)
        : this(settings, new HubPatience(), log)
    {
    }

    internal ModelPull(HubSettings settings, HubPatience patience, ILogger log)
    {
        _settings = settings;
        _client = new HubClient(settings, patience);
        _retries = new Retries(patience, log);
        _log = log;
    }

    /// <summary>Makes sure that a checkpoint's settings, tokenizer and weights are in the cache.</summary>
    /// <param name="id">The model.</param>
    /// <param name="revision">Branch, tag or commit.</param>
    /// <param name="progress">Gets the bytes that come.</param>
    /// <param name="cancellation">What has come so far stays, and the next pull goes on from there.</param>
    /// <param name="looked">
    /// Called with the model's folder once its settings are there, before the weights are fetched.
    /// </param>
    /// <exception cref="HubException">The hub has no such model, or does not give it.</exception>
    public async Task<PulledModel> RunAsync(
        HubId id,
        string revision,
        IProgress<StageProgress> progress,
        CancellationToken cancellation,
        Action<string>? looked = null)
    {
        ArgumentNullException.ThrowIfNull(id);
        CachedRepository repository = new(_settings.Cache, id);
        HubRequest request = new(id, revision);
        if (_settings.IsOffline)
        {
            return WithoutHub(repository, request);
        }

        return FindImmutable(repository, request)
            ?? await FetchAsync(repository, request, progress, looked, cancellation);
    }

    public void Dispose() => _client.Dispose();

    private PulledModel WithoutHub(CachedRepository repository, HubRequest request)
    {
        RepositoryListing listing = repository.FindCommit(request.Revision) is { } commit
            && LocalSnapshot.Describe(repository, commit) is { } found
            ? found
            : throw new HubException($"{request.What}: not in {_settings.Cache}, {Forbidden}");
        IReadOnlyList<string> missing = LocalSnapshot.Missing(repository, listing, request.What);
        return missing.Count == 0
            ? new PulledModel(repository.Snapshot(listing.Commit), listing.Commit, IsNew: false)
            : throw new HubException(
                $"{request.What}: {_settings.Cache} lacks {string.Join(", ", missing)}, {Forbidden}");
    }

    /// <summary>A commit that is wholly there need not be asked for: it can't have changed.</summary>
    private static PulledModel? FindImmutable(CachedRepository repository, HubRequest request)
    {
        string commit = request.Revision;
        return GitRevision.IsCommit(commit)
            && TreeFile.Read(repository.TreeFile(commit), commit) is { } listing
            && LocalSnapshot.Missing(repository, listing, request.What).Count == 0
            ? new PulledModel(repository.Snapshot(commit), commit, IsNew: false)
            : null;
    }

    private async Task<PulledModel> FetchAsync(
        CachedRepository repository,
        HubRequest request,
        IProgress<StageProgress> progress,
        Action<string>? looked,
        CancellationToken cancellation)
    {
        byte[] answer = await _retries.RunAsync(() => _client.ReadAsync(request, cancellation), cancellation);
        RepositoryListing listing =
            RepositoryListing.Parse(answer, $"{_settings.Endpoint.Authority}: {request.What}");
        ModelFiles files = ModelFiles.Choose(listing);
        if (files.Absent is [string absent, ..])
        {
            throw new HubException(
                $"{request.What}: expected a checkpoint with {absent}, the repository has none");
        }

        PullProgress bytes = new(progress, request.Id.Text);
        SnapshotFetch snapshot = new(request.Id, listing, repository, _client, _retries, _log, bytes);
        bool isNew = await snapshot.EnsureAsync(
            files.IsSharded ? [.. files.Settings, files.Weights!] : files.Settings, cancellation);
        looked?.Invoke(repository.Snapshot(listing.Commit));
        IReadOnlyList<HubFile> weights = files.IsSharded
            ? ModelFiles.Shards(repository.Entry(listing.Commit, files.Weights!), listing, request.What)
            : [files.Weights!];
        isNew |= await snapshot.EnsureAsync(weights, cancellation);
        if (!GitRevision.IsCommit(request.Revision))
        {
            repository.SetCommit(request.Revision, listing.Commit);  // last: who reads it finds all files
        }

        return new PulledModel(repository.Snapshot(listing.Commit), listing.Commit, isNew);
    }
}
