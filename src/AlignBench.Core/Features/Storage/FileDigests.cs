using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;

namespace AlignBench.Features.Storage;

/// <summary>A file as it was when it was read: an unchanged size and time stand for unchanged bytes.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Ticks (100 ns, UTC) of the last write.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
public sealed record FileDigest(string Path, long Size, long Modified, string Sha256);

/// <summary>SHA-256 of input files, remembered between runs by path, size and time of the last write.</summary>
public sealed class FileDigests
{
    private readonly string _cacheFile;
    private readonly ConcurrentDictionary<string, FileDigest> _known;
    private readonly ConcurrentDictionary<string, FileDigest> _used = [];
    private volatile bool _changed;

    /// <param name="cacheFile">Where digests are remembered; a missing or unreadable one is an empty one.</param>
    public FileDigests(string cacheFile)
    {
        _cacheFile = cacheFile;
        _known = new ConcurrentDictionary<string, FileDigest>(
            ReadCache(cacheFile).DistinctBy(digest => digest.Path)
                .Select(digest => KeyValuePair.Create(digest.Path, digest)));
    }

    /// <summary>The inputs so far: every file that <see cref="Of"/> was asked for, by path.</summary>
    public IReadOnlyList<FileDigest> Used => [.. _used.Values.OrderBy(digest => digest.Path, StringComparer.Ordinal)];

    /// <summary>The digest of an input.</summary>
    /// <exception cref="AlignBenchException">The file is not there.</exception>
    public FileDigest Of(string path)
    {
        FileDigest digest = Look(path);
        _used[digest.Path] = digest;
        return digest;
    }

    /// <summary>The digest of a file that is not, or not yet, an input.</summary>
    /// <exception cref="AlignBenchException">The file is not there.</exception>
    public FileDigest Look(string path)
    {
        FileInfo file = new(Path.GetFullPath(path));
        if (!file.Exists)
        {
            throw new AlignBenchException($"{file.FullName}: file not found");
        }

        if (_known.TryGetValue(file.FullName, out FileDigest? known)
            && known.Size == file.Length && known.Modified == file.LastWriteTimeUtc.Ticks)
        {
            return known;
        }

        using FileStream stream = new(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        string hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        FileDigest fresh = new(file.FullName, file.Length, file.LastWriteTimeUtc.Ticks, hash);
        _known[file.FullName] = fresh;
        _changed = true;
        return fresh;
    }

    /// <summary>
    /// Writes what was learned, if it can: two processes that do so, or a read-only store, lose no more than time.
    /// </summary>
    public void Save()
    {
        if (!_changed)
        {
            return;
        }

        FileDigest[] all = [.. _known.Values.OrderBy(digest => digest.Path, StringComparer.Ordinal)];
        try
        {
            AtomicFile.WriteAllBytes(_cacheFile, JsonSerializer.SerializeToUtf8Bytes(all));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What needs the store to be written to will say so.
        }

        _changed = false;
    }

    private static IEnumerable<FileDigest> ReadCache(string cacheFile)
    {
        if (!File.Exists(cacheFile))
        {
            return [];
        }

        try
        {
            using FileStream stream = File.OpenRead(cacheFile);
            return (JsonSerializer.Deserialize<FileDigest?[]>(stream) ?? []).OfType<FileDigest>()
                .Where(digest => digest is { Path.Length: > 0, Sha256.Length: 2 * SHA256.HashSizeInBytes });
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return [];   // a cache: what can't be read is computed again
        }
    }
}
