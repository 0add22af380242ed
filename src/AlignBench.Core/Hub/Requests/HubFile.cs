using System.Text.RegularExpressions;

namespace AlignBench.Hub.Requests;

/// <summary>A file of a repository at one commit, as the hub describes it.</summary>
/// <param name="Name">Path in the repository, with slashes.</param>
/// <param name="Size">Bytes; null if the hub did not say.</param>
/// <param name="BlobId">SHA-1 of the git object: of a large file, its pointer; null if unknown.</param>
/// <param name="Sha256">Of the bytes of a large file (LFS); null for one that lies in git itself.</param>
internal sealed partial record HubFile(string Name, long? Size, string? BlobId, string? Sha256)
{
    /// <summary>The digest of its bytes, which names its blob in the cache; null if unknown.</summary>
    public string? Etag => Sha256 ?? BlobId;

    public bool IsDescribed => Size is not null && Etag is not null;

    /// <summary>Whether a digest is SHA-256 of a large file's bytes.</summary>
    public static bool IsSha256(string digest) => Sha256Form().IsMatch(digest);

    /// <summary>Whether a digest is SHA-1 as git counts it, over a header and the bytes.</summary>
    public static bool IsGitSha1(string digest) => Sha1Form().IsMatch(digest);

    /// <summary>Whether a name stays in the folder that it is put in, on any system.</summary>
    public static bool IsHarmless(string name) => name.Length > 0
        && !name.Any(char.IsControl)
        && !name.StartsWith('/') && !name.StartsWith('\\') && name is not [_, ':', ..]
        && !name.Split('/', '\\').Contains("..");

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Sha256Form();

    [GeneratedRegex(@"^[0-9a-f]{40}\z")]
    private static partial Regex Sha1Form();
}
