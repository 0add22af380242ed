using System.Globalization;
using Xunit.Abstractions;

namespace AlignBench.Tests.Memory;

/// <summary>A data set of several times the size takes the same memory: images are streamed.</summary>
[Trait("Category", "Slow")]
[Collection(Alone.Name)]
public class StreamingTests(ITestOutputHelper output)
{
    // What the garbage collector may move the peak by on a busy machine: an eighth of what the larger set has more.
    private const long Noise = 64_000_000;

    // 1 GB for 40 GB of shards leaves 1.5 % beside the 400 MB or so that any run takes: the items themselves.
    private const double Slope = 0.015;

    // scripts/check-memory.sh asks for more.
    private static readonly int[] s_megabytes =
    [
        .. (Environment.GetEnvironmentVariable("ALIGNBENCH_MEMORY_MB") ?? "200 700").Split(' ')
            .Select(text => int.Parse(text, CultureInfo.InvariantCulture)),
    ];

    [Fact]
    public async Task Inspect_LargerSet_TakesTheSameMemory() => await MeasureAsync(
        (data, _) => ["inspect", "--format", "flickr30k", "--data", data, "--decode", "--quiet"]);

    [Fact]
    public async Task ExtractImages_LargerSet_TakesTheSameMemory() => await MeasureAsync((data, features) =>
    [
        "extract", "--model", Path.Combine(TestPaths.Toy, "models", "dinov2-toy-s"), "--format", "flickr30k",
        "--data", data, "--features", features, "--quiet",
    ]);

    private async Task MeasureAsync(Func<string, string, string[]> command)
    {
        List<long> peaks = [];
        foreach (int megabytes in s_megabytes)
        {
            using TemporaryFolder folder = new();
            string data = MadeShards.Write(folder.File("shards"), megabytes);
            peaks.Add(await PeakMemory.OfAsync(command(data, folder.File("features"))));
            output.WriteLine($"{megabytes} MB of shards: {peaks[^1] / 1_000_000} MB of memory");
        }

        double allowed = peaks[0] + Noise + (Slope * 1_000_000 * (s_megabytes[^1] - s_megabytes[0]));
        Assert.InRange(peaks[^1], 0, allowed);
    }
}
