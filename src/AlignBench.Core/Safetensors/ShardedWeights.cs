namespace AlignBench.Safetensors;

/// <summary>
/// A checkpoint in several files, tied together by an index that names the file of each tensor.
/// </summary>
public sealed class ShardedWeights : IWeightSource
{
    private readonly Dictionary<string, IWeightSource> _shards = [];
    private readonly Dictionary<string, StoredTensor> _tensors = [];

    private ShardedWeights()
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => [.. _shards.Keys.Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, StoredTensor> Tensors => _tensors;

    /// <summary>Opens every shard that the index names and checks their headers.</summary>
    /// <param name="index">Its path.</param>
    /// <param name="openShard">Opens one of the files that it names.</param>
    /// <exception cref="CheckpointException">
    /// The index is malformed, names a file outside its folder or one that is missing, or disagrees with a
    /// shard.
    /// </exception>
    public static ShardedWeights Open(string index, Func<string, IWeightSource> openShard)
    {
        IReadOnlyDictionary<string, string> weightMap = ShardIndex.Read(index);
        ShardedWeights opened = new();
        try
        {
            opened.OpenShards(weightMap, Path.GetDirectoryName(Path.GetFullPath(index))!, openShard);
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
        foreach (IWeightSource shard in _shards.Values)
        {
            shard.Dispose();
        }
    }

    private void OpenShards(
        IReadOnlyDictionary<string, string> weightMap, string folder, Func<string, IWeightSource> openShard)
    {
        foreach (string shard in weightMap.Values.Distinct().Order(StringComparer.Ordinal))
        {
            IWeightSource file = openShard(Path.Combine(folder, shard));
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
            if (
                !_tensors.TryGetValue(name, out StoredTensor? tensor)
                    || Path.GetFileName(tensor.File) != shard)
            {
                throw new CheckpointException(
                    $"{index}: tensor {name} is not in {shard}, where the index puts it");
            }
        }
    }
}
