using System.Diagnostics;
using AlignBench.Features;
using AlignBench.Similarity.Neighbors;

namespace AlignBench.Benchmarks;

/// <summary>
/// The ten nearest rows of each row among the others by cosine, for two sets of normal numbers: everything from the float64
/// features to the sorted lists.
/// </summary>
internal static class NeighborSpeed
{
    private const int Neighbors = 10;

    /// <summary>Repetitions a second of the clock and of processor time, all threads together.</summary>
    public static (double Clock, double Processor) Rate(FeatureMatrix[] sets, NeighborEngine engine)
    {
        using Process process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        foreach (FeatureMatrix set in sets)
        {
            _ = NearestNeighbors.Find(set, Neighbors, engine: engine);
        }

        double clock = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        return (1.0 / clock, 1.0 / (process.TotalProcessorTime - before).TotalSeconds);
    }

    /// <summary>Two sets, the same in every run.</summary>
    public static FeatureMatrix[] Sets(int rows, int width) =>
        [.. Enumerable.Range(1, 2).Select(seed => Normal(rows, width, new Random(seed)))];

    // Box and Muller 1958.
    private static FeatureMatrix Normal(int rows, int width, Random random)
    {
        double[] values = new double[(long)rows * width];
        for (long i = 0; i < values.LongLength; i++)
        {
            double radius = Math.Sqrt(-2.0 * Math.Log(1.0 - random.NextDouble()));
            values[i] = (float)(radius * Math.Cos(2.0 * Math.PI * random.NextDouble()));
        }

        return new FeatureMatrix(rows, width, values);
    }
}
