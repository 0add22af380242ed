using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AlignBench.Safetensors;

namespace AlignBench.Features.Storage;

/// <summary>A <see cref="SafetensorsWriter"/> whose file keeps its <see cref="FeatureChecksum"/>.</summary>
internal sealed class ChecksummedWriter : IDisposable
{
    private readonly SafetensorsWriter _writer;
    private readonly IReadOnlyDictionary<string, string> _metadata;
    private readonly List<(string Name, string Description, IncrementalHash Hash)> _tensors;

    /// <param name="path">Complete after <see cref="Commit"/>, or untouched.</param>
    /// <param name="tensors">All but the checksum.</param>
    /// <param name="metadata">Texts to go with them.</param>
    public ChecksummedWriter(string path, TensorSpec[] tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        _metadata = metadata ?? new Dictionary<string, string>();
        _writer = new SafetensorsWriter(
            path,
            [.. tensors, new TensorSpec(FeatureChecksum.Tensor, StoredType.U8, SHA256.HashSizeInBytes)],
            _metadata);
        _tensors =
        [
            .. tensors.Select(tensor => (
                tensor.Name,
                new StoredTensor(path, tensor.Name, tensor.Type, tensor.Shape, 0).Description,
                IncrementalHash.CreateHash(HashAlgorithmName.SHA256))),
        ];
    }

    /// <inheritdoc cref="SafetensorsWriter.Write"/>
    public void Write<T>(string name, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        _writer.Write(name, values);
        _tensors.Find(tensor => tensor.Name == name).Hash.AppendData(MemoryMarshal.AsBytes(values));
    }

    /// <inheritdoc cref="SafetensorsWriter.Commit"/>
    public void Commit()
    {
        byte[] checksum = FeatureChecksum.Of(
            _metadata, _tensors.Select(tensor => (tensor.Name, tensor.Description, tensor.Hash.GetHashAndReset())));
        _writer.Write<byte>(FeatureChecksum.Tensor, checksum);
        _writer.Commit();
    }

    public void Dispose()
    {
        _tensors.ForEach(tensor => tensor.Hash.Dispose());
        _writer.Dispose();
    }
}
