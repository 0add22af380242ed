using System.Net;
using AlignBench.Hub.Cache;
using Serilog;

namespace AlignBench.Hub.Requests;

/// <summary>Fetches files into a repository, each whole and of the digest that names its blob.</summary>
internal sealed class FileDownload(
    HubClient client, Retries retries, CachedRepository repository, ILogger log, PullProgress progress)
{
    private const int ChunkBytes = 1 << 17;

    // So much makes up for the failures before it; were it less, a server that keeps cutting were never given up.
    private const long EnoughBytes = 1 << 20;

    /// <summary>Makes sure that a file's blob is there, and in the snapshot a link to it.</summary>
    /// <param name="file">With size and digest.</param>
    /// <param name="request">Where it is, at a commit.</param>
    /// <param name="cancellation">What has come so far stays.</param>
    /// <exception cref="HubException">It can't be had, or twice has other bytes.</exception>
    public async Task FetchAsync(HubFile file, HubRequest request, CancellationToken cancellation)
    {
        using FileLock alone = await FileLock.AcquireAsync(
            repository.LockFile(file.Etag!),
            () => log.Information("{File:l}: another process is fetching it; waiting", request.What),
            cancellation);
        if (!repository.HoldsBlob(file))
        {
            await DownloadAsync(file, request, cancellation);
        }

        repository.Link(request.Revision, file);     // while alone: another pull may be making the same link
    }

    private async Task DownloadAsync(HubFile file, HubRequest request, CancellationToken cancellation)
    {
        string etag = file.Etag!;
        string got = await FillAsync(file, request, cancellation);
        if (got != etag)
        {
            File.Delete(repository.Partial(etag));
            log.Warning(
                "{File:l}: expected digest {Expected:l}, got {Got:l}; fetching it again", request.What, etag, got);
            progress.Add(-file.Size!.Value);
            got = await FillAsync(file, request, cancellation);
        }

        if (got != etag)
        {
            File.Delete(repository.Partial(etag));
            throw new HubException($"{request.What}: expected bytes with digest {etag}, got {got} twice");
        }

        File.Move(repository.Partial(etag), repository.Blob(etag), overwrite: true);
    }

    /// <summary>Completes a file's part.</summary>
    /// <returns>The digest of what came.</returns>
    private async Task<string> FillAsync(HubFile file, HubRequest request, CancellationToken cancellation)
    {
        using PartialBlob blob = PartialBlob.Open(repository.Partial(file.Etag!), file, cancellation);
        await retries.RunAsync(() => ContinueAsync(blob, file, request, cancellation), cancellation);
        return blob.Finish();
    }

    /// <summary>One attempt to fetch what a part lacks.</summary>
    private async Task<bool> ContinueAsync(
        PartialBlob blob, HubFile file, HubRequest request, CancellationToken cancellation)
    {
        if (blob.IsWhole)
        {
            return true;
        }

        using HttpResponseMessage response = await client.GetAsync(request, blob.Length, cancellation);
        CheckStart(response, blob, file, request);
        long start = blob.Length;
        try
        {
            await CopyAsync(response, blob, request, cancellation);
        }
        catch (TransientException e) when (blob.Length - start >= EnoughBytes)
        {
            throw new TransientException(e.Message, e.Wait) { Progressed = true };
        }

        return blob.IsWhole
            ? true
            : throw new TransientException($"{request.What}: expected {file.Size} bytes, got {blob.Length}")
            {
                Progressed = blob.Length - start >= EnoughBytes,
            };
    }

    /// <summary>Makes sure that the answer begins where the part ends; if need be, that is at 0.</summary>
    private void CheckStart(HttpResponseMessage response, PartialBlob blob, HubFile file, HubRequest request)
    {
        bool isRest = response.StatusCode == HttpStatusCode.PartialContent
            && response.Content.Headers.ContentRange?.From == blob.Length;
        if (!isRest && blob.Length > 0)
        {
            progress.Add(-blob.Length);
            blob.Restart();
        }

        if (!isRest && response.StatusCode != HttpStatusCode.OK)
        {
            throw new TransientException($"{request.What}: the server sent another part than was asked for");
        }

        if (response.Content.Headers.ContentEncoding.FirstOrDefault(each => each != "identity") is { } encoding)
        {
            throw new HubException($"{request.What}: expected plain bytes, got {encoding}");
        }

        if (response.Content.Headers.ContentLength is { } length && blob.Length + length != file.Size)
        {
            throw new TransientException(
                $"{request.What}: expected {file.Size} bytes, the server announces {blob.Length + length}");
        }
    }

    private async Task CopyAsync(
        HttpResponseMessage response, PartialBlob blob, HubRequest request, CancellationToken cancellation)
    {
        using Stream body = await response.Content.ReadAsStreamAsync(cancellation);
        byte[] chunk = new byte[ChunkBytes];
        while (true)
        {
            int read = await client.AwaitAsync(
                token => body.ReadAsync(chunk, token).AsTask(), request, cancellation);
            if (read == 0)
            {
                return;
            }

            long before = blob.Length;
            try
            {
                blob.Append(chunk.AsSpan(0, read), request.What);
            }
            finally
            {
                progress.Add(blob.Length - before);
            }
        }
    }
}
