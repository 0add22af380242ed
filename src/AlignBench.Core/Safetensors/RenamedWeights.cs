namespace AlignBench.Safetensors;

/// <summary>
/// A checkpoint under other names: other publishers' weights read as those of the model they belong to. A
/// tensor that gets several names is cut along its first axis into as many equal parts (stacked queries, keys
/// and values).
/// </summary>
public sealed class RenamedWeights : IWeightSource
{
    private readonly IWeightSource _inner;
    private readonly Dictionary<string, (StoredTensor Whole, long FirstByte)> _places = [];
    private readonly Dictionary<string, StoredTensor> _tensors = [];

    /// <param name="inner">The checkpoint as it is; not disposed by this.</param>
    /// <param name="newNames">Stored name -> the names of its parts; the name itself where it stays.</param>
    /// <exception cref="CheckpointException">Two tensors get one name, or one can't be cut.</exception>
    public RenamedWeights(IWeightSource inner, Func<string, IReadOnlyList<string>> newNames)
    {
        _inner = inner;
        foreach (StoredTensor whole in inner.Tensors.Values)
        {
            IReadOnlyList<string> names = newNames(whole.Name);
            for (int i = 0; i < names.Count; i++)
            {
                StoredTensor part = names.Count == 1 ? whole with { Name = names[0] } : Part(
                    whole, names[i], i, names.Count);
                if (!_tensors.TryAdd(names[i], part))
                {
                    throw new CheckpointException(
                        $"{whole.File}: tensor {whole.Name} is a second {names[i]}");
                }

                _places.Add(names[i], (whole, part.Length * i));
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => _inner.Files;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, StoredTensor> Tensors => _tensors;

    /// <inheritdoc/>
    public void ReadBytes(StoredTensor tensor, long start, Span<byte> destination)
    {
        (StoredTensor whole, long firstByte) = _places[tensor.Name];
        _inner.ReadBytes(whole, firstByte + start, destination);
    }

    /// <summary>Nothing: the checkpoint is its opener's.</summary>
    public void Dispose()
    {
    }

    private static StoredTensor Part(StoredTensor whole, string name, int index, int count)
    {
        if (whole.Shape.Count == 0 || whole.Shape[0] % count != 0)
        {
            throw new CheckpointException(
                $"{whole.File}: tensor {whole.Name}: {whole.Description} can't be cut into "
                + $"{count} equal parts");
        }

        long rows = whole.Shape[0] / count;
        return new StoredTensor(
            whole.File,
            name,
            whole.Type,
            [rows, .. whole.Shape.Skip(1)],
            whole.Offset + (whole.Length / count * index));
    }
}
