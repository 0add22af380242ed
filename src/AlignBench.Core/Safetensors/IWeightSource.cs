namespace AlignBench.Safetensors;

/// <summary>
/// Named tensors in one or several checkpoint files, whatever the container. Reading is thread-safe.
/// </summary>
public interface IWeightSource : IDisposable
{
    /// <summary>Paths of the files that hold the tensors.</summary>
    IReadOnlyList<string> Files { get; }

    /// <summary>All tensors by name.</summary>
    IReadOnlyDictionary<string, StoredTensor> Tensors { get; }

    /// <summary>Copies bytes of one tensor in row-major order, little endian.</summary>
    /// <param name="tensor">One of <see cref="Tensors"/>.</param>
    /// <param name="start">First byte, from the start of the tensor.</param>
    /// <param name="destination">Filled entirely.</param>
    /// <exception cref="CheckpointException">The file became shorter since it was opened.</exception>
    void ReadBytes(StoredTensor tensor, long start, Span<byte> destination);
}
