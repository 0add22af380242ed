using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using AlignBench.Images;

namespace AlignBench.Tests.Images;

/// <summary>The golden pictures and arrays under tests/goldens/images.</summary>
internal static class ImageGoldens
{
    public static string PathOf(params string[] parts) => TestPaths.Golden(["images", .. parts]);

    public static byte[] Source(string name) => File.ReadAllBytes(PathOf("sources", name));

    public static JsonElement Json(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(PathOf(name)));
        return document.RootElement.Clone();
    }

    public static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static string Sha256(ReadOnlySpan<float> values) => Sha256(MemoryMarshal.AsBytes(values));

    public static ResizeFilter Filter(string name) => Enum.Parse<ResizeFilter>(name, ignoreCase: true);

    /// <summary>A picture of a golden array [height, width, 3].</summary>
    public static RgbImage Picture(Dictionary<string, GoldenTensor> tensors, string name) =>
        new(tensors[name].Shape[1], tensors[name].Shape[0], tensors[name].Bytes);

    /// <summary>Reads a whole safetensors file: 8 bytes of length, a JSON header, raw little-endian
    /// data.</summary>
    public static Dictionary<string, GoldenTensor> Tensors(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int header = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file));
        using JsonDocument document = JsonDocument.Parse(file.AsMemory(8, header));
        return document.RootElement.EnumerateObject().Where(p => p.Name != "__metadata__").ToDictionary(
            p => p.Name,
            p =>
            {
                int[] range = p.Value.Ints("data_offsets");
                byte[] data = file[(8 + header + range[0])..(8 + header + range[1])];
                return new GoldenTensor(p.Value.Ints("shape"), data);
            });
    }

    public static string Text(this JsonElement element, string key) => element.GetProperty(key).GetString()!;

    public static int Int(this JsonElement element, string key) => element.GetProperty(key).GetInt32();

    public static int[] Ints(this JsonElement element, string key) =>
        [.. element.GetProperty(key).EnumerateArray().Select(v => v.GetInt32())];

    public static string Invariant(this int value) => value.ToString(CultureInfo.InvariantCulture);
}

internal sealed record GoldenTensor(int[] Shape, byte[] Bytes)
{
    public float[] Floats => MemoryMarshal.Cast<byte, float>(Bytes).ToArray();
}
