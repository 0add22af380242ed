using AlignBench.Hub.Requests;

namespace AlignBench.Hub.Cache;

/// <summary>A blob on its way: <c>ETAG.incomplete</c>, which an interrupted pull leaves to the next one.</summary>
internal sealed class PartialBlob : IDisposable
{
    private const int ChunkBytes = 1 << 20;

    private readonly FileStream _stream;
    private readonly BlobHash _hash;
    private readonly long _size;

    private PartialBlob(FileStream stream, BlobHash hash, long size)
    {
        _stream = stream;
        _hash = hash;
        _size = size;
    }

    /// <summary>Bytes so far, never more than the file has.</summary>
    public long Length { get; private set; }

    public bool IsWhole => Length == _size;

    /// <summary>Opens or makes the file, hashes what it holds; one that is too long is begun anew.</summary>
    /// <param name="path">Its folder is made if it is not there.</param>
    /// <param name="file">With size and digest.</param>
    /// <param name="cancellation">Hashing a large part takes a while.</param>
    public static PartialBlob Open(string path, HubFile file, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FileStream stream = new(
            path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        PartialBlob blob = new(stream, new BlobHash(file.Etag!, file.Size!.Value), file.Size.Value);
        try
        {
            blob.HashWhatIsThere(cancellation);
            return blob;
        }
        catch
        {
            blob.Dispose();
            throw;
        }
    }

    /// <exception cref="TransientException">There would be too many bytes; it is begun anew.</exception>
    public void Append(ReadOnlySpan<byte> bytes, string what)
    {
        if (Length + bytes.Length > _size)
        {
            Restart();
            throw new TransientException($"{what}: expected {_size} bytes, got more");
        }

        _stream.Write(bytes);
        _hash.Append(bytes);
        Length += bytes.Length;
    }

    public void Restart()
    {
        _stream.SetLength(0);
        _hash.Restart();
        Length = 0;
    }

    /// <summary>Puts all bytes on the disk.</summary>
    /// <returns>Their digest.</returns>
    public string Finish()
    {
        _stream.Flush(flushToDisk: true);
        return _hash.Digest();
    }

    public void Dispose()
    {
        _stream.Dispose();
        _hash.Dispose();
    }

    private void HashWhatIsThere(CancellationToken cancellation)
    {
        if (_stream.Length > _size)
        {
            Restart();
            return;
        }

        byte[] chunk = new byte[ChunkBytes];
        for (int read = _stream.Read(chunk); read > 0; read = _stream.Read(chunk))
        {
            cancellation.ThrowIfCancellationRequested();
            _hash.Append(chunk.AsSpan(0, read));
            Length += read;
        }
    }
}
