namespace AlignBench.Safetensors;

/// <summary>The weights of a model folder, in whichever of the usual files they are.</summary>
public static class Checkpoint
{
    private const string Safe = "model.safetensors";
    private const string Pickled = "pytorch_model.bin";

    /// <summary>
    /// Opens the first that is there of <c>model.safetensors</c>, its <c>.index.json</c> with shards,
    /// <c>pytorch_model.bin</c>, its index, as transformers does; else the folder's only <c>.pth</c> or
    /// <c>.pt</c> file.
    /// </summary>
    /// <exception cref="CheckpointException">There is none of them, or it is malformed.</exception>
    public static IWeightSource Open(string folder)
    {
        (string Name, Func<string, IWeightSource> Open)[] kinds =
        [
            (Safe, SafetensorsFile.Open),
            ($"{Safe}.index.json", index => ShardedWeights.Open(index, SafetensorsFile.Open)),
            (Pickled, TorchFile.Open),
            ($"{Pickled}.index.json", index => ShardedWeights.Open(index, TorchFile.Open)),
        ];
        foreach ((string name, Func<string, IWeightSource> open) in kinds)
        {
            string path = Path.Combine(folder, name);
            if (File.Exists(path))
            {
                return open(path);
            }
        }

        string[] others = Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder).Where(file => Path.GetExtension(file) is ".pth" or ".pt")]
            : [];
        return others.Length == 1
            ? TorchFile.Open(others[0])
            : throw new CheckpointException(
                $"{folder}: expected {string.Join(", ", kinds.Select(kind => kind.Name))} or one .pth file, "
                + (others.Length == 0 ? "found none of them" : $"found {others.Length} .pth and .pt files"));
    }
}
