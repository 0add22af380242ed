using AlignBench.Hub.Cache;
using AlignBench.Hub.Requests;
using Serilog;

namespace AlignBench.Hub;

/// <summary>Brings files of one commit into its snapshot.</summary>
internal sealed class SnapshotFetch(
    HubId id,
    RepositoryListing listing,
    CachedRepository repository,
    HubClient client,
    Retries retries,
    ILogger log,
    PullProgress progress)
{
    private readonly FileDownload _files = new(client, retries, repository, log, progress);

    /// <summary>Fetches those of some files that the snapshot lacks.</summary>
    /// <returns>Whether there were any.</returns>
    public async Task<bool> EnsureAsync(IEnumerable<HubFile> files, CancellationToken cancellation)
    {
        List<HubFile> missing = [];
        foreach (HubFile file in files.Where(file => !repository.Holds(listing.Commit, file)))
        {
            missing.Add(file.IsDescribed ? file : await DescribeAsync(file, cancellation));
        }

        if (missing.Count == 0)
        {
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(repository.Blob(listing.Commit))!);
        WriteListing();
        ExpectBytes([.. missing.Where(file => !repository.HoldsBlob(file)).DistinctBy(file => file.Etag)]);
        foreach (HubFile file in missing)
        {
            await _files.FetchAsync(file, Request(file), cancellation);
        }

        return true;
    }

    private HubRequest Request(HubFile file) => new(id, listing.Commit, file.Name);

    private void WriteListing()
    {
        string path = repository.TreeFile(listing.Commit);
        if (!File.Exists(path))
        {
            TreeFile.Write(path, listing);
        }
    }

    /// <exception cref="HubException">The disk has no room for them.</exception>
    private void ExpectBytes(IReadOnlyList<HubFile> files)
    {
        long bytes = files.Sum(file =>
            Math.Max(0, file.Size!.Value - (CachedRepository.SizeOf(repository.Partial(file.Etag!)) ?? 0)));
        DriveInfo disk = new(repository.Folder);
        if (disk.TotalSize > 0 && disk.AvailableFreeSpace < bytes)
        {
            throw new HubException(
                $"{repository.Folder}: expected room for {bytes} bytes of {id}, "
                + $"got room for {disk.AvailableFreeSpace}");
        }

        progress.Expect(bytes);
    }

    /// <summary>Asks for size and digest of a file that the listing did not describe, as some mirrors' don't.</summary>
    private async Task<HubFile> DescribeAsync(HubFile file, CancellationToken cancellation)
    {
        HubRequest request = Request(file);
        using HttpResponseMessage response =
            await retries.RunAsync(() => client.HeadAsync(request, cancellation), cancellation);
        string? commit = response.Find("X-Repo-Commit");
        string etag = Unquoted(response.Find("X-Linked-Etag") ?? response.Find("ETag") ?? "");
        string? linked = response.Find("X-Linked-Size");
        long? size = long.TryParse(linked, out long bytes) ? bytes
            : response.IsSuccessStatusCode ? response.Content.Headers.ContentLength
            : null;
        HubFile described = file with
        {
            Size = size,
            BlobId = HubFile.IsGitSha1(etag) ? etag : null,
            Sha256 = HubFile.IsSha256(etag) ? etag : null,
        };
        return described.IsDescribed && (commit ?? listing.Commit) == listing.Commit
            ? described
            : throw new HubException(
                $"{request.What}: expected commit {listing.Commit}, a size and a digest to verify it by, "
                + $"got commit '{commit}', size {size?.ToString() ?? "none"}, ETag '{etag}'");
    }

    private static string Unquoted(string etag) =>
        (etag.StartsWith("W/", StringComparison.Ordinal) ? etag[2..] : etag).Trim('"');
}
