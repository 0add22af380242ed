using Microsoft.Win32.SafeHandles;

namespace AlignBench.Safetensors;

/// <summary>
/// Reads weights that torch.save wrote: the zip of PyTorch 1.6 and later, or the older run of pickles.
/// Pickles are read as data, by an allow-list (<see cref="PickleReader"/>). Tensors may be views of any
/// strides; they are handed out in row-major order.
/// </summary>
public sealed class TorchFile : IWeightSource
{
    /// <summary>Names under which training scripts keep the weights beside their other state.</summary>
    private static readonly string[] s_nests = ["state_dict", "model_state_dict", "model", "module"];

    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly Dictionary<string, StoredTensor> _tensors = [];
    private readonly Dictionary<string, TorchView> _views = [];

    private TorchFile(SafeFileHandle file, string path)
    {
        _file = file;
        _path = path;
        TorchArchive archive = TorchArchive.Read(file, path);
        foreach ((string name, TorchView view) in Weights(archive.Root))
        {
            (long offset, long length) = archive.PlaceOf(view.Storage);
            ThrowIfOutside(name, view, length);
            long first = offset + ((view.Storage.First + view.Offset) * view.Storage.Type.Width());
            _tensors[name] = new StoredTensor(path, name, view.Storage.Type, view.Shape, first);
            _views[name] = view;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => [_path];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, StoredTensor> Tensors => _tensors;

    /// <summary>Opens a file and reads its pickles; no weight is read yet.</summary>
    /// <exception cref="CheckpointException">
    /// It is missing, malformed or big-endian, holds no weights, or uses a name that weights do not need.
    /// </exception>
    public static TorchFile Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new CheckpointException($"{path}: no such file");
        }

        SafeFileHandle file = File.OpenHandle(path);
        try
        {
            return new TorchFile(file, path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void ReadBytes(StoredTensor tensor, long start, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, tensor.Length - destination.Length);
        TorchView view = _views[tensor.Name];
        if (IsRowMajor(view))
        {
            FileBytes.Read(_file, _path, tensor.Offset + start, destination);
        }
        else if (!destination.IsEmpty)
        {
            Gather(tensor, view, start, destination);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>
    /// The elements of a view of any strides, out of the stretch of the storage that it spans.
    /// </summary>
    private void Gather(StoredTensor tensor, TorchView view, long start, Span<byte> destination)
    {
        int width = tensor.Type.Width();
        long span = Span(view) * width;
        if (span > Array.MaxLength)
        {
            throw new CheckpointException(
                $"{_path}: tensor {tensor.Name}: {tensor.Description} is not row-major and too "
                + "big to rearrange");
        }

        byte[] storage = new byte[span];
        FileBytes.Read(_file, _path, tensor.Offset, storage);
        long element = start / width;
        for (int i = 0; i < destination.Length; i += width, element++)
        {
            long rest = element;
            long place = 0;
            for (int axis = view.Shape.Length - 1; axis >= 0; axis--)
            {
                place += rest % view.Shape[axis] * view.Strides[axis];
                rest /= view.Shape[axis];
            }

            storage.AsSpan((int)(place * width), width).CopyTo(destination[i..]);
        }
    }

    private Dictionary<string, TorchView> Weights(object? root)
    {
        PickleDictionary dictionary = root as PickleDictionary ?? [];
        Dictionary<string, TorchView> weights = Views(dictionary);
        foreach (string nest in s_nests)
        {
            if (weights.Count > 0)
            {
                return weights;
            }

            weights = Views(dictionary.LastOrDefault(entry => entry.Key is string key && key == nest).Value);
        }

        return weights.Count > 0
            ? weights
            : throw new CheckpointException(
                $"{_path}: found no weights: expected a dict of tensors, or one under "
                + string.Join(", ", s_nests));
    }

    private static Dictionary<string, TorchView> Views(object? dictionary)
    {
        Dictionary<string, TorchView> views = [];
        foreach ((object? key, object? value) in dictionary as PickleDictionary ?? [])
        {
            if (key is string name && value is TorchView view)
            {
                views[name] = view;
            }
        }

        return views;
    }

    private void ThrowIfOutside(string name, TorchView view, long length)
    {
        try
        {
            long elements = view.Shape.Aggregate(1L, (product, size) => checked(product * size));
            long end = elements == 0 ? 0 : checked(view.Storage.First + view.Offset + Span(view));
            if (checked(end * view.Storage.Type.Width()) <= length)
            {
                return;
            }
        }
        catch (OverflowException)
        {
        }

        string description = $"{view.Storage.Type.Name()} {StoredTensor.ShapeText(view.Shape)}";
        throw new CheckpointException(
            $"{_path}: tensor {name}: {description} with strides {StoredTensor.ShapeText(view.Strides)} "
            + $"reaches past its storage {view.Storage.Key} of {length} bytes");
    }

    /// <summary>Elements from the first to the last, both included.</summary>
    private static long Span(TorchView view) => checked(
        1 + view.Shape.Zip(view.Strides, (size, stride) => checked((size - 1) * stride)).Sum());

    private static bool IsRowMajor(TorchView view)
    {
        long expected = 1;
        for (int axis = view.Shape.Length - 1; axis >= 0; axis--)
        {
            if (view.Shape[axis] != 1 && view.Strides[axis] != expected)
            {
                return false;
            }

            expected *= view.Shape[axis];
        }

        return true;
    }
}
