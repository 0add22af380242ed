using AlignBench.Hub.Requests;

namespace AlignBench.Hub.Cache;

/// <summary>
/// One model in the cache that is shared with huggingface_hub (its docs, "Understand caching"): <c>blobs/</c> named
/// by digest, <c>snapshots/COMMIT/FILE</c> as relative links to them, <c>refs/REVISION</c> with the commit of a
/// branch or tag.
/// </summary>
/// <param name="cache">The folder of all cached repositories; nothing need be there.</param>
/// <param name="id">The model.</param>
public sealed class CachedRepository(string cache, HubId id)
{
    /// <summary>The folder with the files of a branch, tag or commit; null if the cache knows none.</summary>
    public string? FindSnapshot(string revision)
    {
        string? snapshot = FindCommit(revision) is { } commit ? Snapshot(commit) : null;
        return Directory.Exists(snapshot) ? snapshot : null;
    }

    internal string Folder { get; } = Path.Combine(cache, id.FolderName);

    internal string Snapshot(string commit) => Path.Combine(Folder, "snapshots", commit);

    internal string Entry(string commit, HubFile file) => Path.Combine(Snapshot(commit), file.Name);

    internal string Blob(string etag) => Path.Combine(Folder, "blobs", etag);

    /// <summary>A blob that has not wholly come yet.</summary>
    internal string Partial(string etag) => $"{Blob(etag)}.incomplete";

    /// <summary>Locked while a blob is fetched.</summary>
    internal string LockFile(string etag) => Path.Combine(cache, ".locks", id.FolderName, $"{etag}.lock");

    internal string TreeFile(string commit) => Path.Combine(Folder, "trees", $"{commit}.json");

    /// <summary>The commit that a revision had when it was last asked for; null if it never was.</summary>
    internal string? FindCommit(string revision)
    {
        if (GitRevision.IsCommit(revision))
        {
            return revision;
        }

        string file = Reference(revision);
        string? commit = File.Exists(file) ? File.ReadAllText(file).Trim() : null;
        bool isName = commit is not null && GitRevision.IsWellFormed(commit) && !commit.Contains('/');
        return isName ? commit : null;
    }

    /// <summary>Notes the commit of a branch or tag; writes nothing if it is noted: the cache may be read-only.</summary>
    internal void SetCommit(string revision, string commit)
    {
        if (FindCommit(revision) != commit)
        {
            AtomicFile.WriteAllBytes(Reference(revision), System.Text.Encoding.ASCII.GetBytes(commit));
        }
    }

    /// <summary>Whether a snapshot's file is there, of its size and, as far as its link tells, its digest.</summary>
    internal bool Holds(string commit, HubFile file)
    {
        string entry = Entry(commit, file);
        string? target = new FileInfo(entry).LinkTarget;
        bool isAnother = target is not null && file.Etag is not null && Path.GetFileName(target) != file.Etag;
        return !isAnother && HasSize(entry, file.Size);
    }

    internal bool HoldsBlob(HubFile file) => HasSize(Blob(file.Etag!), file.Size);

    /// <summary>Makes <c>snapshots/COMMIT/FILE -> ../../blobs/ETAG</c>.</summary>
    internal void Link(string commit, HubFile file)
    {
        string entry = Entry(commit, file);
        string folder = Path.GetDirectoryName(entry)!;
        string target = Path.GetRelativePath(folder, Blob(file.Etag!));
        if (new FileInfo(entry).LinkTarget != target)
        {
            Directory.CreateDirectory(folder);
            File.Delete(entry);
            File.CreateSymbolicLink(entry, target);
        }
    }

    /// <summary>Bytes of a file, or of what a link leads to; null if there is none.</summary>
    internal static long? SizeOf(string path)
    {
        FileInfo? file = new(path);
        if (file is { Exists: true, LinkTarget: not null })    // true of a link to nowhere, too
        {
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        }

        return file is { Exists: true } ? file.Length : null;
    }

    private static bool HasSize(string path, long? size) =>
        SizeOf(path) is { } found && (size ?? found) == found;

    private string Reference(string revision) => GitRevision.IsWellFormed(revision)
        ? Path.Combine(Folder, "refs", revision)
        : throw new ArgumentException($"'{revision}' is no branch, tag or commit", nameof(revision));
}
