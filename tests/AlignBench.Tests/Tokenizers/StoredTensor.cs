using System.Buffers.Binary;
using System.Text.Json;

namespace AlignBench.Tests.Tokenizers;

/// <summary>
/// Reads a matrix of integers from a safetensors file, apart from the product's own reader.
/// </summary>
internal static class StoredTensor
{
    /// <summary>[rows][columns] of an I32 or I64 tensor.</summary>
    public static int[][] ReadRows(string path, string name)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int headerLength = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        using JsonDocument header = JsonDocument.Parse(bytes.AsMemory(8, headerLength));
        JsonElement tensor = header.RootElement.GetProperty(name);
        int itemSize = tensor.GetProperty("dtype").GetString() == "I64" ? 8 : 4;
        int rows = tensor.GetProperty("shape")[0].GetInt32();
        int columns = tensor.GetProperty("shape")[1].GetInt32();
        int start = 8 + headerLength + tensor.GetProperty("data_offsets")[0].GetInt32();
        return [.. Enumerable.Range(0, rows).Select(row => Enumerable.Range(0, columns)
            .Select(column => start + (((row * columns) + column) * itemSize))
            .Select(place => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(place)))
            .ToArray())];
    }
}
