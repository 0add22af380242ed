using System.Text.Json;
using AlignBench.Hub.Requests;

namespace AlignBench.Hub.Cache;

/// <summary>
/// A commit's listing in the cache, <c>trees/COMMIT.json</c>, in the format of huggingface_hub (_tree_cache.py,
/// version 1): with it, whether a snapshot is complete can be told without the hub.
/// </summary>
internal static class TreeFile
{
    private const int Version = 1;

    /// <summary>Writes it if the hub has described every file, as the format needs; else does nothing.</summary>
    public static void Write(string path, RepositoryListing listing)
    {
        if (listing.Files.All(file => file.Size is not null && file.BlobId is not null))
        {
            AtomicFile.Write(path, stream => Write(stream, listing));
        }
    }

    /// <returns>Null if there is none, or one that can't be read: it can be fetched again.</returns>
    public static RepositoryListing? Read(string path, string commit)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.GetProperty("format_version").GetInt32() == Version
                ? new RepositoryListing(
                    commit,
                    [.. document.RootElement.GetProperty("files").EnumerateObject().Select(ReadFile)])
                : null;
        }
        catch (Exception e)
            when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static void Write(Stream stream, RepositoryListing listing)
    {
        JsonWriterOptions options = new() { Indented = true, IndentSize = 1, NewLine = "\n" };
        using Utf8JsonWriter json = new(stream, options);
        json.WriteStartObject();
        json.WriteNumber("format_version", Version);
        json.WriteStartObject("files");
        foreach (HubFile file in listing.Files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject(file.Name);
            json.WriteNumber("size", file.Size!.Value);
            json.WriteString("blob_id", file.BlobId);
            if (file.Sha256 is not null)
            {
                json.WriteString("lfs_sha256", file.Sha256);
                json.WriteNumber("lfs_size", file.Size.Value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static HubFile ReadFile(JsonProperty entry)
    {
        string? sha256 = entry.Value.TryGetProperty("lfs_sha256", out JsonElement large)
            ? large.GetString()
            : null;
        string? blob = entry.Value.GetProperty("blob_id").GetString();
        return HubFile.IsHarmless(entry.Name)
            && (blob is null || HubFile.IsGitSha1(blob)) && (sha256 is null || HubFile.IsSha256(sha256))
            ? new HubFile(entry.Name, entry.Value.GetProperty("size").GetInt64(), blob, sha256)
            : throw new FormatException($"'{entry.Name}' is no file of a repository");
    }
}
