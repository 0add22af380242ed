namespace AlignBench.Safetensors;

/// <summary>The weights of a Hugging Face folder, in whichever of the usual files they are.</summary>
public static class Checkpoint
{
    private const string OneFile = "model.safetensors";

    /// <summary>
    /// Opens <c>model.safetensors</c>, or the shards of <c>model.safetensors.index.json</c>; the first that is there,
    /// in this order, as transformers does.
    /// </summary>
    /// <exception cref="CheckpointException">There is none of them, or it is malformed.</exception>
    public static IWeightSource Open(string folder)
    {
        string file = Path.Combine(folder, OneFile);
        if (File.Exists(file))
        {
            return SafetensorsFile.Open(file);
        }

        string index = $"{file}.index.json";
        return File.Exists(index)
            ? ShardedSafetensors.Open(index)
            : throw new CheckpointException($"{folder}: expected {OneFile} or {OneFile}.index.json, found neither");
    }
}
