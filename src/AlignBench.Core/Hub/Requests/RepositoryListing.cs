using System.Text.Json;

namespace AlignBench.Hub.Requests;

/// <summary>What a repository holds at one commit.</summary>
/// <param name="Commit">40 hexadecimal digits.</param>
/// <param name="Files">In the hub's order.</param>
internal sealed record RepositoryListing(string Commit, IReadOnlyList<HubFile> Files)
{
    public HubFile? Find(string name) => Files.FirstOrDefault(file => file.Name == name);

    /// <summary>Reads the answer to <c>GET /api/models/ID/revision/REVISION?blobs=true</c>.</summary>
    /// <param name="json">Its body.</param>
    /// <param name="what">Words for messages: who answered about what.</param>
    /// <exception cref="HubException">It is no such answer, or names a file that would lie elsewhere.</exception>
    public static RepositoryListing Parse(ReadOnlyMemory<byte> json, string what)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            string commit = document.RootElement.GetProperty("sha").GetString() ?? "";
            if (!GitRevision.IsCommit(commit))
            {
                throw new HubException($"{what}: expected a commit of 40 hexadecimal digits, got '{commit}'");
            }

            JsonElement files = document.RootElement.GetProperty("siblings");
            return new RepositoryListing(commit, [.. files.EnumerateArray().Select(file => ReadFile(file, what))]);
        }
        catch (Exception e)
            when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new HubException($"{what}: expected a hub's JSON with sha and siblings: {e.Message}");
        }
    }

    private static HubFile ReadFile(JsonElement file, string what)
    {
        string name = file.GetProperty("rfilename").GetString() ?? "";
        string? blob = Optional(file, "blobId")?.GetString();
        JsonElement? large = Optional(file, "lfs");
        string? sha256 = large?.GetProperty("sha256").GetString();
        long? size = (Optional(large, "size") ?? Optional(file, "size"))?.GetInt64();
        if (!HubFile.IsHarmless(name))
        {
            throw new HubException($"{what}: expected file names inside the repository, got '{Printable(name)}'");
        }

        if (size < 0
            || (blob is not null && !HubFile.IsGitSha1(blob)) || (sha256 is not null && !HubFile.IsSha256(sha256)))
        {
            throw new HubException($"{what}: {name}: expected size and digests, got {Printable(file.GetRawText())}");
        }

        return new HubFile(name, size, blob, sha256);
    }

    private static JsonElement? Optional(JsonElement? parent, string key) =>
        parent is { } some && some.TryGetProperty(key, out JsonElement value)
        && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    private static string Printable(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
