using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using AlignBench.Features;
using AlignBench.Tests.Statistics;

namespace AlignBench.Tests.Regression;

/// <summary>The tensors of one golden .safetensors file, widened to double.</summary>
internal sealed class GoldenTensors
{
    private readonly Dictionary<string, (int[] Shape, double[] Values)> _tensors = [];

    public GoldenTensors(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int header = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        using JsonDocument document = JsonDocument.Parse(file.AsMemory(8, header));
        foreach (JsonProperty tensor in document.RootElement.EnumerateObject())
        {
            int[] offsets = tensor.Value.GetProperty("data_offsets").Integers();
            ReadOnlySpan<byte> bytes = file.AsSpan(8 + header + offsets[0], offsets[1] - offsets[0]);
            double[] values = Widen(bytes, tensor.Value.GetProperty("dtype").GetString()!);
            _tensors[tensor.Name] = (tensor.Value.GetProperty("shape").Integers(), values);
        }
    }

    public bool Has(string name) => _tensors.ContainsKey(name);

    public double[] Values(string name) => _tensors[name].Values;

    public int[] Shape(string name) => _tensors[name].Shape;

    public FeatureMatrix Matrix(string name) => new(Shape(name)[0], Shape(name)[1], Values(name));

    /// <summary>[last dimension], the row at the given leading indices.</summary>
    public double[] Row(string name, params int[] index)
    {
        int[] shape = Shape(name);
        int row = 0;
        for (int i = 0; i < index.Length; i++)
        {
            row = (row * shape[i]) + index[i];
        }

        int length = shape[^1];
        return Values(name)[(row * length)..((row + 1) * length)];
    }

    private static double[] Widen(ReadOnlySpan<byte> bytes, string dtype) => dtype switch
    {
        "F64" => MemoryMarshal.Cast<byte, double>(bytes).ToArray(),
        "F32" => [.. MemoryMarshal.Cast<byte, float>(bytes).ToArray().Select(v => (double)v)],
        "I64" => [.. MemoryMarshal.Cast<byte, long>(bytes).ToArray().Select(v => (double)v)],
        "U8" => [.. bytes.ToArray().Select(v => (double)v)],
        _ => throw new NotSupportedException(dtype),
    };
}
