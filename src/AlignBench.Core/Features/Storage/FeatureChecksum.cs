using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using AlignBench.Safetensors;

namespace AlignBench.Features.Storage;

/// <summary>
/// What a stored file says, as one SHA-256 that the file keeps as tensor <c>sha256</c>: a bit that a disk loses
/// must not change a number. Taken of each metadata entry, <c>key NUL value NUL</c>, by key; then of each other
/// tensor by name: name, type and shape, NUL, and the SHA-256 of its bytes.
/// </summary>
internal static class FeatureChecksum
{
    public const string Tensor = "sha256";

    private const int BufferLength = 1 << 20;

    /// <param name="metadata">The file's.</param>
    /// <param name="tensors">
    /// Name, <see cref="StoredTensor.Description"/> and the bytes' SHA-256 of all but this one.
    /// </param>
    public static byte[] Of(
        IEnumerable<KeyValuePair<string, string>> metadata,
        IEnumerable<(string Name, string Description, byte[] Sha256)> tensors)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string key, string value) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{key}\0{value}\0"));
        }

        foreach ((string name, string description, byte[] sha256) in
            tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {description}\0"));
            hash.AppendData(sha256);
        }

        return hash.GetHashAndReset();
    }

    /// <exception cref="DataException">The file has a checksum and is not what was written.</exception>
    public static void ThrowIfDamaged(SafetensorsFile file)
    {
        if (!file.Tensors.ContainsKey(Tensor))
        {
            return;
        }

        IEnumerable<StoredTensor> others = file.Tensors.Values.Where(tensor => tensor.Name != Tensor);
        byte[] now = Of(
            file.Metadata, others.Select(tensor => (tensor.Name, tensor.Description, Sha256(file, tensor))));
        if (!file.Read<byte>(Tensor).AsSpan().SequenceEqual(now))
        {
            throw new DataException(
                $"{file.Files[0]}: the file is damaged: its contents do not have the SHA-256 stored with them");
        }
    }

    private static byte[] Sha256(SafetensorsFile file, StoredTensor tensor)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        for (long start = 0; start < tensor.Length; start += BufferLength)
        {
            Span<byte> piece = buffer.AsSpan(0, (int)Math.Min(BufferLength, tensor.Length - start));
            file.ReadBytes(tensor, start, piece);
            hash.AppendData(piece);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return hash.GetHashAndReset();
    }
}
