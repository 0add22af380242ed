using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AlignBench.Tests.Hub;

/// <summary>
/// A hub with one model, owner/name, and a second host that has the large files. It answers as huggingface.co does
/// (seen in huggingface_hub's code and in issue threads): resolve/ sends small files by a relative redirect, large
/// ones by an absolute one with X-Linked-Etag and X-Linked-Size, and every answer has X-Repo-Commit.
/// </summary>
internal sealed class FakeHub : IAsyncDisposable
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly Dictionary<string, byte[]> _files = [];
    private readonly HashSet<string> _large = [];
    private readonly Lock _lock = new();
    private readonly List<(string Part, Func<StubReply, StubReply> Change)> _faults = [];

    public FakeHub()
    {
        Hub = new HttpStub(request => Disturb(request, AnswerHub(request)));
        Store = new HttpStub(request => Disturb(request, AnswerStore(request)));
    }

    /// <summary>The endpoint.</summary>
    public HttpStub Hub { get; }

    /// <summary>The host of large files.</summary>
    public HttpStub Store { get; }

    /// <summary>The token that the hub asks for; null for none.</summary>
    public string? Token { get; set; }

    /// <summary>What branch main points to.</summary>
    public string Head { get; set; } = Commit;

    /// <summary>Whether the listing has sizes and digests.</summary>
    public bool Describes { get; set; } = true;

    /// <summary>Bytes 0, 1, 2, ... 250, 0, 1, ...: a hole or a swap would show.</summary>
    public static byte[] Pattern(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i % 251))];

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>As <c>git hash-object</c>.</summary>
    public static string GitSha1(byte[] bytes)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData([.. Encoding.ASCII.GetBytes($"blob {bytes.Length}\0"), .. bytes]);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A file that lies in git.</summary>
    public FakeHub Add(string name, string text)
    {
        _files[name] = Encoding.UTF8.GetBytes(text);
        return this;
    }

    /// <summary>A file that lies in the other host's store.</summary>
    public FakeHub AddLarge(string name, byte[] bytes)
    {
        _files[name] = bytes;
        _large.Add(name);
        return this;
    }

    /// <summary>Changes the next answers to addresses that contain a part, each once, in this order.</summary>
    public FakeHub Fail(string part, params Func<StubReply, StubReply>[] changes)
    {
        _faults.AddRange(changes.Select(change => (part, change)));
        return this;
    }

    public string Etag(string name) => _large.Contains(name) ? Sha256(_files[name]) : GitSha1(_files[name]);

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await Store.DisposeAsync();
    }

    private StubReply Disturb(StubRequest request, StubReply reply)
    {
        lock (_lock)
        {
            int fault = _faults.FindIndex(entry => request.Target.Contains(entry.Part, StringComparison.Ordinal));
            if (fault < 0)
            {
                return reply;
            }

            Func<StubReply, StubReply> change = _faults[fault].Change;
            _faults.RemoveAt(fault);
            return change(reply);
        }
    }

    private StubReply AnswerHub(StubRequest request)
    {
        if (Token is not null && request.Header("Authorization") != $"Bearer {Token}")
        {
            return Error(401, "RepoNotFound", "Repository not found");
        }

        string[] path = request.Target.Split('?')[0].Split('/')[1..];
        return path switch
        {
            ["api", "models", "owner", "name", "revision", string revision] => Listing(revision),
            ["owner", "name", "resolve", string at, string name] when at == Head => Resolve(name),
            ["api", "resolve-cache", "models", "owner", "name", string at, string name] when at == Head => Small(name),
            _ => Error(404, "RepoNotFound", "Repository not found"),
        };
    }

    private StubReply Listing(string revision) => revision is "main" or "refs%2Fpr%2F1" || revision == Head
        ? new StubReply(200, JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = "owner/name",
            sha = Head,
            siblings = _files.Select(Sibling),
        }))
        : Error(404, "RevisionNotFound", $"Invalid rev id: {revision}");

    private object Sibling(KeyValuePair<string, byte[]> file) =>
        !Describes ? new { rfilename = file.Key }
        : _large.Contains(file.Key) ? new
        {
            rfilename = file.Key,
            size = file.Value.Length,
            blobId = GitSha1(Encoding.ASCII.GetBytes(file.Key)),
            lfs = new { sha256 = Sha256(file.Value), size = file.Value.Length, pointerSize = 134 },
        }
        : new { rfilename = file.Key, size = file.Value.Length, blobId = GitSha1(file.Value) };

    private StubReply Resolve(string name)
    {
        if (!_files.TryGetValue(name, out byte[]? bytes))
        {
            return Error(404, "EntryNotFound", "Entry not found");
        }

        return _large.Contains(name)
            ? new StubReply(
                302, [], ("Location", $"{Store.Address}{Sha256(bytes)}?Signature=x"), ("X-Repo-Commit", Head),
                ("X-Linked-Etag", $"\"{Sha256(bytes)}\""),
                ("X-Linked-Size", bytes.Length.ToString(CultureInfo.InvariantCulture)))
            : new StubReply(
                307, [], ("Location", $"/api/resolve-cache/models/owner/name/{Head}/{name}?etag=x"),
                ("X-Repo-Commit", Head));
    }

    private StubReply Small(string name) => new(
        200, _files[name], ("ETag", $"\"{GitSha1(_files[name])}\""), ("X-Repo-Commit", Head));

    private StubReply AnswerStore(StubRequest request)
    {
        byte[]? bytes = _files.Where(file => _large.Contains(file.Key)).Select(file => file.Value)
            .FirstOrDefault(file => request.Target == $"/{Sha256(file)}?Signature=x");
        if (bytes is null)
        {
            return new StubReply(403, []) { Reason = "Forbidden" };
        }

        int start = request.Header("Range") is ['b', 'y', 't', 'e', 's', '=', .. string range]
            ? int.Parse(range.TrimEnd('-'), CultureInfo.InvariantCulture)
            : -1;
        return start < 0 ? new StubReply(200, bytes)
            : new StubReply(
                206, bytes[start..], ("Content-Range", $"bytes {start}-{bytes.Length - 1}/{bytes.Length}"));
    }

    private static StubReply Error(int status, string code, string message) =>
        new(status, [], ("X-Error-Code", code), ("X-Error-Message", message)) { Reason = "Not Given" };
}
