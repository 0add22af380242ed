using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace AlignBench.Safetensors;

/// <summary>
/// The header of one safetensors file (github.com/huggingface/safetensors, README "Format"): 8 bytes of
/// length, JSON, data. Stricter than the reference library in one point: a name that occurs twice is refused.
/// </summary>
internal static class SafetensorsHeader
{
    /// <summary>The reference library's own limit.</summary>
    private const long LongestHeader = 100_000_000;

    private const string Metadata = "__metadata__";

    /// <summary>Reads and checks the header; the tensors come back in the order of their data.</summary>
    /// <exception cref="CheckpointException">The file breaks a rule of the format.</exception>
    public static (IReadOnlyList<StoredTensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(
        SafeFileHandle file, string path)
    {
        byte[] json = ReadJson(file, path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            long dataStart = sizeof(long) + json.Length;
            return Parse(document.RootElement, path, dataStart, RandomAccess.GetLength(file) - dataStart);
        }
        catch (JsonException e)
        {
            throw new CheckpointException($"{path}: the safetensors header is not JSON: {e.Message}");
        }
        catch (InvalidOperationException)   // a \ud800 without its second half
        {
            throw new CheckpointException($"{path}: the safetensors header has a name that is not Unicode");
        }
    }

    private static byte[] ReadJson(SafeFileHandle file, string path)
    {
        long fileLength = RandomAccess.GetLength(file);
        if (fileLength < sizeof(long))
        {
            throw new CheckpointException(
                $"{path}: expected a safetensors file, got {fileLength} bytes (8 are the header's length)");
        }

        Span<byte> lengthBytes = stackalloc byte[sizeof(long)];
        FileBytes.Read(file, path, 0, lengthBytes);
        if (lengthBytes.SequenceEqual("version "u8))
        {
            throw new CheckpointException(
                $"{path}: this is a Git LFS pointer, not weights; run git lfs pull");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > (ulong)(fileLength - sizeof(long)) || length > LongestHeader)
        {
            throw new CheckpointException(
                $"{path}: the safetensors header claims {length} bytes, "
                + $"the file has {fileLength - sizeof(long)} after its length (limit {LongestHeader})");
        }

        byte[] json = new byte[(int)length];
        FileBytes.Read(file, path, sizeof(long), json);
        if (json.Length == 0 || json[0] != (byte)'{' || !Utf8.IsValid(json))
        {
            throw new CheckpointException($"{path}: the safetensors header is not a JSON object in UTF-8");
        }

        return json;
    }

    private static (IReadOnlyList<StoredTensor>, IReadOnlyDictionary<string, string>) Parse(
        JsonElement root, string path, long dataStart, long dataLength)
    {
        Dictionary<string, string> metadata = [];
        HashSet<string> seen = [];
        List<StoredTensor> tensors = [];
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (!seen.Add(property.Name))
            {
                throw new CheckpointException($"{path}: tensor {property.Name} occurs twice in the header");
            }

            if (property.Name == Metadata)
            {
                metadata = ParseMetadata(property.Value, path);
            }
            else
            {
                tensors.Add(ParseTensor(property, path, dataStart, dataLength));
            }
        }

        tensors = [.. tensors.OrderBy(t => t.Offset).ThenBy(t => t.Length)];
        ThrowIfNotContiguous(tensors, path, dataStart, dataLength);
        return (tensors, metadata);
    }

    private static Dictionary<string, string> ParseMetadata(JsonElement element, string path)
    {
        Dictionary<string, string> metadata = [];
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new CheckpointException(
                $"{path}: {Metadata} is {element.ValueKind}, expected an object of texts");
        }

        foreach (JsonProperty entry in element.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.String)
            {
                throw new CheckpointException($"{path}: {Metadata}.{entry.Name} is not a text");
            }

            metadata[entry.Name] = entry.Value.GetString()!;
        }

        return metadata;
    }

    private static StoredTensor ParseTensor(
        JsonProperty property, string path, long dataStart, long dataLength)
    {
        string name = property.Name;
        if (property.Value.ValueKind != JsonValueKind.Object)
        {
            throw new CheckpointException(
                $"{path}: tensor {name}: expected an object, got {property.Value.ValueKind}");
        }

        string typeName = Field(property, path, "dtype", JsonValueKind.String).GetString()!;
        if (!StoredTypes.TryParse(typeName, out StoredType type))
        {
            throw new CheckpointException(
                $"{path}: tensor {name}: unknown dtype {typeName}; known are {StoredTypes.Known}");
        }

        long[] shape = WholeNumbers(Field(property, path, "shape", JsonValueKind.Array), path, name, "shape");
        long[] offsets = WholeNumbers(
            Field(property, path, "data_offsets", JsonValueKind.Array), path, name, "data_offsets");
        if (offsets is not [long begin, long end] || begin > end || end > dataLength)
        {
            throw new CheckpointException(
                $"{path}: tensor {name}: data_offsets {StoredTensor.ShapeText(offsets)} are not begin <= end "
                + $"within {dataLength} bytes of data");
        }

        long expected = ByteCount(shape, type, path, name);
        if (end - begin != expected)
        {
            throw new CheckpointException(
                $"{path}: tensor {name}: {typeName} {StoredTensor.ShapeText(shape)} takes {expected} bytes, "
                + $"data_offsets give {end - begin}");
        }

        return new StoredTensor(path, name, type, shape, dataStart + begin);
    }

    private static long ByteCount(long[] shape, StoredType type, string path, string name)
    {
        try
        {
            return shape.Aggregate((long)type.Width(), (product, size) => checked(product * size));
        }
        catch (OverflowException)
        {
            throw new CheckpointException(
                $"{path}: tensor {name}: shape {StoredTensor.ShapeText(shape)} overflows 64 bits");
        }
    }

    private static JsonElement Field(JsonProperty tensor, string path, string field, JsonValueKind kind)
    {
        JsonProperty[] found = [.. tensor.Value.EnumerateObject().Where(p => p.NameEquals(field))];
        if (found.Length != 1 || found[0].Value.ValueKind != kind)
        {
            throw new CheckpointException(
                $"{path}: tensor {tensor.Name}: expected one {field} ({kind}), got {found.Length switch
                {
                    0 => "none",
                    1 => found[0].Value.ValueKind.ToString(),
                    _ => "several",
                }}");
        }

        return found[0].Value;
    }

    private static long[] WholeNumbers(JsonElement array, string path, string name, string field)
    {
        List<long> numbers = [];
        foreach (JsonElement element in array.EnumerateArray())
        {
            if (
                element.ValueKind != JsonValueKind.Number || !element.TryGetInt64(out long number)
                    || number < 0)
            {
                throw new CheckpointException(
                    $"{path}: tensor {name}: {field} holds {element.GetRawText()}, "
                    + "expected whole numbers from 0");
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    private static void ThrowIfNotContiguous(
        List<StoredTensor> tensors, string path, long dataStart, long dataLength)
    {
        long next = dataStart;
        foreach (StoredTensor tensor in tensors)
        {
            if (tensor.Offset != next)
            {
                throw new CheckpointException(
                    $"{path}: tensor {tensor.Name}: data begins at {tensor.Offset - dataStart}, expected "
                    + $"{next - dataStart} "
                    + (tensor.Offset < next ? "(tensors overlap)" : "(there is a gap)"));
            }

            next += tensor.Length;
        }

        if (next != dataStart + dataLength)
        {
            throw new CheckpointException(
                $"{path}: the tensors take {next - dataStart} bytes, "
                + $"the file has {dataLength} bytes of data");
        }
    }
}
