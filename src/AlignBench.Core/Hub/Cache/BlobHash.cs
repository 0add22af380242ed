using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AlignBench.Hub.Requests;

namespace AlignBench.Hub.Cache;

/// <summary>
/// The digest that names a blob, as its bytes come: SHA-256 of them, or git's SHA-1 of "blob SIZE\0" and them.
/// </summary>
internal sealed class BlobHash : IDisposable
{
    private readonly IncrementalHash _hash;
    private readonly byte[] _header;

    /// <param name="etag">The digest expected, which tells its kind by its length.</param>
    /// <param name="size">Bytes in all.</param>
    public BlobHash(string etag, long size)
    {
        bool large = HubFile.IsSha256(etag);
        _hash = IncrementalHash.CreateHash(large ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
        _header = large ? [] : Encoding.ASCII.GetBytes($"blob {size.ToString(CultureInfo.InvariantCulture)}\0");
        _hash.AppendData(_header);
    }

    public void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

    /// <summary>Forgets all bytes.</summary>
    public void Restart()
    {
        _ = _hash.GetHashAndReset();
        _hash.AppendData(_header);
    }

    /// <summary>Of all bytes so far, lower case; counting goes on.</summary>
    public string Digest() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();
}
