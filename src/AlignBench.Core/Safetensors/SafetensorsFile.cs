using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AlignBench.Safetensors;

/// <summary>
/// Reads one safetensors file. Nothing but the header is in memory; values are read at their offsets when
/// asked for. (Positioned reads rather than a mapping: a file cut short meanwhile is an exception then, not a
/// SIGBUS.)
/// </summary>
public sealed class SafetensorsFile : IWeightSource
{
    private readonly SafeFileHandle _file;
    private readonly string _path;

    private SafetensorsFile(SafeFileHandle file, string path)
    {
        _file = file;
        _path = path;
        (IReadOnlyList<StoredTensor> tensors, Metadata) = SafetensorsHeader.Read(file, path);
        Tensors = tensors.ToDictionary(tensor => tensor.Name);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => [_path];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, StoredTensor> Tensors { get; }

    /// <summary>The texts of <c>__metadata__</c>; empty where there are none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file and checks its whole header.</summary>
    /// <exception cref="CheckpointException">It is missing or breaks a rule of the format.</exception>
    public static SafetensorsFile Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new CheckpointException($"{path}: no such file");
        }

        SafeFileHandle file = File.OpenHandle(path);
        try
        {
            return new SafetensorsFile(file, path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>A whole tensor, row-major.</summary>
    /// <exception cref="CheckpointException">
    /// There is no such tensor, it is of another type, or has more elements than an array can hold.
    /// </exception>
    public T[] Read<T>(string name)
        where T : unmanaged
    {
        StoredTensor tensor = Find<T>(name);
        if (tensor.Count > Array.MaxLength / tensor.Type.Width())
        {
            throw new CheckpointException(
                $"{_path}: tensor {name}: {tensor.Description} is too big to read at once");
        }

        T[] values = new T[tensor.Count];
        ReadBytes(tensor, 0, MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>
    /// Some elements of a tensor in row-major order, from element <paramref name="start"/> on.
    /// </summary>
    /// <exception cref="CheckpointException">There is no such tensor, or it is of another type.</exception>
    public void Read<T>(string name, long start, Span<T> destination)
        where T : unmanaged
    {
        StoredTensor tensor = Find<T>(name);
        ReadBytes(tensor, start * tensor.Type.Width(), MemoryMarshal.AsBytes(destination));
    }

    /// <inheritdoc/>
    public void ReadBytes(StoredTensor tensor, long start, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, tensor.Length - destination.Length);
        FileBytes.Read(_file, _path, tensor.Offset + start, destination);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private StoredTensor Find<T>(string name)
        where T : unmanaged
    {
        if (!Tensors.TryGetValue(name, out StoredTensor? tensor))
        {
            throw new CheckpointException($"{_path}: there is no tensor {name}");
        }

        return tensor.Type.IsElement<T>()
            ? tensor
            : throw new CheckpointException(
                $"{_path}: tensor {name}: expected elements of {typeof(T).Name}, got {tensor.Description}");
    }
}
