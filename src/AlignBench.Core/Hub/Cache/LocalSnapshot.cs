using AlignBench.Hub.Requests;

namespace AlignBench.Hub.Cache;

/// <summary>What a snapshot in the cache lacks, told without the hub.</summary>
internal static class LocalSnapshot
{
    /// <summary>
    /// What a commit holds: from its listing if the cache has it, else as far as the snapshot's own files tell; a
    /// tokenizer file that never came is then not missed. Null if the cache knows nothing of the commit.
    /// </summary>
    public static RepositoryListing? Describe(CachedRepository repository, string commit)
    {
        string snapshot = repository.Snapshot(commit);
        return TreeFile.Read(repository.TreeFile(commit), commit) is { } listing ? listing
            : Directory.Exists(snapshot) ? new RepositoryListing(commit, [.. Entries(snapshot)])
            : null;
    }

    /// <summary>The names of files that a checkpoint needs and the snapshot has not, or not wholly.</summary>
    /// <exception cref="HubException">An index names a shard that the listing lacks.</exception>
    public static IReadOnlyList<string> Missing(
        CachedRepository repository, RepositoryListing listing, string what)
    {
        ModelFiles files = ModelFiles.Choose(listing);
        List<HubFile> needed = [.. files.Settings];
        if (files.Weights is { } weights)
        {
            needed.Add(weights);
            if (files.IsSharded && repository.Holds(listing.Commit, weights))
            {
                needed.AddRange(ModelFiles.Shards(repository.Entry(listing.Commit, weights), listing, what));
            }
        }

        return
        [
            .. files.Absent,
            .. needed.Where(file => !repository.Holds(listing.Commit, file)).Select(file => file.Name),
        ];
    }

    private static IEnumerable<HubFile> Entries(string snapshot) =>
        Directory.EnumerateFileSystemEntries(snapshot)
            .Select(path => new HubFile(Path.GetFileName(path), Size: null, BlobId: null, Sha256: null))
            .OrderBy(file => file.Name, StringComparer.Ordinal);
}
