using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace AlignBench.Safetensors;

/// <summary>A tensor to be written.</summary>
public sealed record TensorSpec(string Name, StoredType Type, params IReadOnlyList<long> Shape);

/// <summary>
/// Writes a safetensors file that is complete or absent: to a temporary name in the same folder, then fsync,
/// then rename. Each tensor is filled in row-major order by as many spans as one likes; tensors may be filled
/// side by side. Equal input gives equal bytes (the reference library's layout: wide elements first, then by
/// name).
/// </summary>
public sealed class SafetensorsWriter : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly SafeFileHandle _file;
    private readonly Dictionary<string, Slot> _slots = [];
    private bool _committed;

    /// <param name="path">The file to be; one that is there is replaced by <see cref="Commit"/>.</param>
    /// <param name="tensors">All its tensors, names distinct.</param>
    /// <param name="metadata">Texts for <c>__metadata__</c>.</param>
    public SafetensorsWriter(
        string path, IEnumerable<TensorSpec> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        TensorSpec[] layout =
        [
            .. tensors.OrderByDescending(tensor => tensor.Type.Width()).ThenBy(
                tensor => tensor.Name, StringComparer.Ordinal),
        ];
        byte[] header = Header(layout, metadata);
        long offset = header.Length;
        foreach (TensorSpec tensor in layout)
        {
            StoredTensor stored = new(path, tensor.Name, tensor.Type, tensor.Shape, offset);
            _slots.Add(tensor.Name, new Slot(stored));
            offset += stored.Length;
        }

        _path = path;
        _temporary = $"{path}.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp";
        _file = File.OpenHandle(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        RandomAccess.Write(_file, header, 0);
    }

    /// <summary>Appends values to a tensor. Not thread-safe.</summary>
    /// <exception cref="ArgumentException">
    /// No such tensor, elements of another type, or more of them than its shape has.
    /// </exception>
    public void Write<T>(string name, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (!_slots.TryGetValue(name, out Slot? slot))
        {
            throw new ArgumentException($"{_path} has no tensor {name}", nameof(name));
        }

        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        if (!slot.Tensor.Type.IsElement<T>() || bytes.Length > slot.Tensor.Length - slot.Written)
        {
            throw new ArgumentException(
                $"tensor {name} is {slot.Tensor.Description} with {slot.Written} bytes written; "
                + $"{values.Length} values of {typeof(T).Name} do not fit",
                nameof(values));
        }

        RandomAccess.Write(_file, bytes, slot.Tensor.Offset + slot.Written);
        slot.Written += bytes.Length;
    }

    /// <summary>Puts the file in its place, durably.</summary>
    /// <exception cref="InvalidOperationException">A tensor is not full.</exception>
    public void Commit()
    {
        Slot? open = _slots.Values.FirstOrDefault(slot => slot.Written < slot.Tensor.Length);
        if (open is not null)
        {
            throw new InvalidOperationException(
                $"tensor {open.Tensor.Name} is {open.Tensor.Description}, only {open.Written} of its "
                + $"{open.Tensor.Length} bytes were written");
        }

        RandomAccess.FlushToDisk(_file);
        _file.Dispose();
        File.Move(_temporary, _path, overwrite: true);
        _committed = true;
    }

    /// <summary>Without <see cref="Commit"/> nothing is left behind.</summary>
    public void Dispose()
    {
        _file.Dispose();
        if (!_committed)
        {
            File.Delete(_temporary);
        }
    }

    private static byte[] Header(TensorSpec[] layout, IReadOnlyDictionary<string, string>? metadata)
    {
        using MemoryStream stream = new();
        stream.Write(new byte[sizeof(long)]);
        using (
            Utf8JsonWriter json =
                new(stream, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            long offset = 0;
            foreach (TensorSpec tensor in layout)
            {
                long end = offset + new StoredTensor("", tensor.Name, tensor.Type, tensor.Shape, 0).Length;
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type.Name());
                WriteNumbers(json, "shape", tensor.Shape);
                WriteNumbers(json, "data_offsets", [offset, end]);
                json.WriteEndObject();
                offset = end;
            }

            json.WriteEndObject();
        }

        while (stream.Length % sizeof(long) != 0)   // so that every tensor is aligned to its element
        {
            stream.WriteByte((byte)' ');
        }

        byte[] header = stream.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - sizeof(long));
        return header;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null)
        {
            return;
        }

        json.WriteStartObject("__metadata__");
        foreach ((string key, string value) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private sealed class Slot(StoredTensor tensor)
    {
        public StoredTensor Tensor => tensor;

        public long Written { get; set; }
    }
}
