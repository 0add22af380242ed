using System.Globalization;

namespace AlignBench.Features.Extraction;

/// <summary>Whether a model's weights fit into memory, and in words how they are loaded if not.</summary>
internal static class WeightMemory
{
    /// <summary>What a run needs beside the weights: a data set's index, the hidden states, the
    /// libraries.</summary>
    private const long Reserve = 1L << 30;

    private const string MemInfo = "/proc/meminfo";

    /// <summary>
    /// Null if the weights are to be loaded whole, else why they are not.
    /// </summary>
    /// <param name="parameters">Of the model; float32 each, whatever the file has.</param>
    /// <param name="available">Bytes; see <see cref="Available"/>.</param>
    /// <param name="isAsked">Block by block in any case.</param>
    public static string? WhyBlockByBlock(long parameters, long available, bool isAsked)
    {
        long weights = sizeof(float) * parameters;
        if (isAsked)
        {
            return "block by block, as asked for";
        }

        return weights + Reserve <= available
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"block by block: the weights take {weights / 1e9:F1} GB, {available / 1e9:F1} GB are available");
    }

    /// <summary>Bytes that this process can still take: the system's or its container's, whichever are
    /// fewer.</summary>
    public static long Available()
    {
        long container = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet;
        long? system = File.Exists(MemInfo) ? AvailableOf(File.ReadLines(MemInfo)) : null;
        return Math.Min(container, system ?? container);
    }

    /// <summary>Bytes of <c>MemAvailable</c>; null if there is no such line.</summary>
    internal static long? AvailableOf(IEnumerable<string> memInfo)
    {
        string[]? words = memInfo
            .FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal))
            ?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [_, string kilobytes, ..]
            && long.TryParse(kilobytes, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                ? number * 1024
                : null;
    }
}
