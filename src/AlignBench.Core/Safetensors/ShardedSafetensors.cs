namespace AlignBench.Safetensors;

/// <summary>A checkpoint in several safetensors files, tied together by <c>model.safetensors.index.json</c>.</summary>
public sealed class ShardedSafetensors : IWeightSource
{
    private readonly Dictionary<string, SafetensorsFile> _shards = [];
    private readonly Dictionary<string, StoredTensor> _tensors = [];

    private ShardedSafetensors()
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => [.. _shards.Keys.Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, StoredTensor> Tensors => _tensors;

    /// <summary>Opens every shard that the index names and checks their headers.</summary>
    /// <exception cref="CheckpointException">
    /// The index is malformed, names a file outside its folder or one that is missing, or disagrees with a shard.
    /// </exception>
    public static ShardedSafetensors Open(string index)
    {
        IReadOnlyDictionary<string, string> weightMap = ShardIndex.Read(index);
        ShardedSafetensors opened = new();
        try
        {
            opened.OpenShards(weightMap, Path.GetDirectoryName(Path.GetFullPath(index))!);
            opened.ThrowIfAbsent(weightMap, index);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void ReadBytes(StoredTensor tensor, long start, Span<byte> destination) =>
        _shards[tensor.File].ReadBytes(tensor, start, destination);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SafetensorsFile shard in _shards.Values)
        {
            shard.Dispose();
        }
    }

    private void OpenShards(IReadOnlyDictionary<string, string> weightMap, string folder)
    {
        foreach (string shard in weightMap.Values.Distinct().Order(StringComparer.Ordinal))
        {
            SafetensorsFile file = SafetensorsFile.Open(Path.Combine(folder, shard));
            _shards.Add(file.Files[0], file);
            foreach (StoredTensor tensor in file.Tensors.Values)
            {
                if (!_tensors.TryAdd(tensor.Name, tensor))
                {
                    throw new CheckpointException(
                        $"{tensor.File}: tensor {tensor.Name} is also in {_tensors[tensor.Name].File}");
                }
            }
        }
    }

    private void ThrowIfAbsent(IReadOnlyDictionary<string, string> weightMap, string index)
    {
        foreach ((string name, string shard) in weightMap)
        {
            if (!_tensors.TryGetValue(name, out StoredTensor? tensor) || Path.GetFileName(tensor.File) != shard)
            {
                throw new CheckpointException($"{index}: tensor {name} is not in {shard}, where the index puts it");
            }
        }
    }
}
