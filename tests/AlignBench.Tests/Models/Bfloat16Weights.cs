using System.Buffers.Binary;
using AlignBench.Safetensors;

namespace AlignBench.Tests.Models;

/// <summary>A float32 checkpoint as if it were stored in bfloat16, rounded to nearest, ties to
/// even.</summary>
/// <param name="inner">Owned; all of float32.</param>
internal sealed class Bfloat16Weights(IWeightSource inner) : IWeightSource
{
    public IReadOnlyList<string> Files => inner.Files;

    public IReadOnlyDictionary<string, StoredTensor> Tensors { get; } =
        inner.Tensors.ToDictionary(pair => pair.Key, pair => pair.Value with { Type = StoredType.BF16 });

    public void ReadBytes(StoredTensor tensor, long start, Span<byte> destination)
    {
        byte[] whole = new byte[2 * destination.Length];
        inner.ReadBytes(inner.Tensors[tensor.Name], 2 * start, whole);
        for (int i = 0; i < destination.Length; i += 2)
        {
            uint bits = BinaryPrimitives.ReadUInt32LittleEndian(whole.AsSpan(2 * i));
            uint rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
            BinaryPrimitives.WriteUInt16LittleEndian(destination[i..], (ushort)rounded);
        }
    }

    public void Dispose() => inner.Dispose();
}
