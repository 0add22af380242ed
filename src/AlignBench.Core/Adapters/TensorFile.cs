using System.Runtime.InteropServices;
using AlignBench.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Adapters;

/// <summary>Tensors to and from safetensors files.</summary>
internal static class TensorFile
{
    private static readonly (ScalarType Type, StoredType Stored)[] s_types =
    [
        (ScalarType.Float32, StoredType.F32),
        (ScalarType.Float64, StoredType.F64),
        (ScalarType.Float16, StoredType.F16),
        (ScalarType.Int64, StoredType.I64),
        (ScalarType.Int32, StoredType.I32),
        (ScalarType.Int16, StoredType.I16),
        (ScalarType.Byte, StoredType.U8),
    ];

    /// <summary>Writes a file whole or not at all.</summary>
    /// <param name="path">Replaced if it is there.</param>
    /// <param name="tensors">Distinct names; float32, float64, int64 or uint8.</param>
    /// <param name="metadata">Texts beside them.</param>
    public static void Write(
        string path, IReadOnlyList<(string Name, Tensor Values)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using SafetensorsWriter writer = new(
            path, tensors.Select(tensor => new TensorSpec(tensor.Name, Stored(tensor.Values.dtype), tensor.Values.shape)), metadata);
        foreach ((string name, Tensor values) in tensors)
        {
            using Tensor plain = values.detach().contiguous();
            Span<byte> bytes = plain.bytes;
            switch (values.dtype)
            {
                case ScalarType.Float32:
                    writer.Write<float>(name, MemoryMarshal.Cast<byte, float>(bytes));
                    break;
                case ScalarType.Float64:
                    writer.Write<double>(name, MemoryMarshal.Cast<byte, double>(bytes));
                    break;
                case ScalarType.Int64:
                    writer.Write<long>(name, MemoryMarshal.Cast<byte, long>(bytes));
                    break;
                default:
                    writer.Write<byte>(name, bytes);
                    break;
            }
        }

        writer.Commit();
    }

    /// <summary>A whole tensor, converted.</summary>
    /// <exception cref="CheckpointException">There is none of that name, or it is of a type not listed here.</exception>
    public static Tensor Read(IWeightSource file, string name, ScalarType type)
    {
        if (!file.Tensors.TryGetValue(name, out StoredTensor? stored))
        {
            throw new CheckpointException($"{file.Files[0]}: there is no tensor {name}");
        }

        int known = Array.FindIndex(s_types, pair => pair.Stored == stored.Type);
        if (known < 0)
        {
            throw new CheckpointException(
                $"{file.Files[0]}: tensor {name}: expected one of {string.Join(", ", s_types.Select(pair => pair.Stored.Name()))}, "
                + $"got {stored.Description}");
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor values = empty([.. stored.Shape], s_types[known].Type);
        file.ReadBytes(stored, 0, values.bytes);
        return scope.MoveToOuter(values.to(type));
    }

    /// <summary>As <see cref="Read(IWeightSource, string, ScalarType)"/>, of given sizes.</summary>
    /// <exception cref="CheckpointException">It is of other sizes.</exception>
    public static Tensor Read(IWeightSource file, string name, ScalarType type, long[] shape)
    {
        Tensor values = Read(file, name, type);
        return values.shape.SequenceEqual(shape)
            ? values
            : throw new CheckpointException(
                $"{file.Files[0]}: tensor {name}: expected shape {StoredTensor.ShapeText(shape)}, "
                + $"got {StoredTensor.ShapeText(values.shape)}");
    }

    private static StoredType Stored(ScalarType type) => s_types.First(pair => pair.Type == type).Stored;
}
