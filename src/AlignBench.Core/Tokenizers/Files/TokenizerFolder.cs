using System.Security.Cryptography;

namespace AlignBench.Tokenizers;

/// <summary>
/// A checkpoint's folder: reads tokenizer files and keeps account of their bytes for the fingerprint.
/// </summary>
internal sealed class TokenizerFolder(string path)
{
    private const long MaxFileBytes = 1L << 30;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Where it lies.</summary>
    public string Path => path;

    /// <summary>True if the file is there.</summary>
    public bool Has(string name) => File.Exists(PathOf(name));

    /// <summary>Where a file lies.</summary>
    public string PathOf(string name) => System.IO.Path.Combine(path, name);

    /// <summary>A file's bytes, which count in the fingerprint.</summary>
    /// <exception cref="CheckpointException">It can't be read or is larger than 1 GiB.</exception>
    public byte[] Read(string name)
    {
        byte[] bytes = ReadAside(name);
        _hash.AppendData(Utf8Runes.GetBytes($"{name}\0{bytes.Length}\0"));
        _hash.AppendData(bytes);
        return bytes;
    }

    /// <summary>
    /// A file's bytes, which don't count in the fingerprint: only what is taken from them does.
    /// </summary>
    /// <exception cref="CheckpointException">It can't be read or is larger than 1 GiB.</exception>
    public byte[] ReadAside(string name)
    {
        string file = PathOf(name);
        try
        {
            long length = new FileInfo(file).Length;
            return length <= MaxFileBytes
                ? File.ReadAllBytes(file)
                : throw new CheckpointException(
                    $"{file}: at most {MaxFileBytes} bytes expected, got {length}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{file}: {e.Message}");
        }
    }

    /// <summary>
    /// SHA-256, in hexadecimal, over the files read so far and the options that change ids.
    /// </summary>
    public string Fingerprint(string options)
    {
        _hash.AppendData(Utf8Runes.GetBytes(options));
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }
}
