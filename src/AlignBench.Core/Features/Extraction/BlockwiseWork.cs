namespace AlignBench.Features.Extraction;

/// <summary>
/// Encoding with blocks that are in memory only while they are used: one batch at a time, which uses all
/// processors itself, and is as large as its hidden states may be, since every batch reads all weights.
/// </summary>
/// <param name="width">D of the encoder.</param>
internal sealed class BlockwiseWork(int width)
{
    private const long StateBytes = 512 << 20;

    private readonly Lock _lock = new();

    /// <summary>Tokens whose hidden states are in memory at a time.</summary>
    public long Tokens { get; } = StateBytes / (sizeof(float) * width);

    /// <summary>Runs <paramref name="encode"/>, given the threads to use, when no other is running.</summary>
    public T Run<T>(Func<int, T> encode)
    {
        lock (_lock)
        {
            return encode(Environment.ProcessorCount);
        }
    }
}
