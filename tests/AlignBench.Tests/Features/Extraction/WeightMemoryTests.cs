using AlignBench.Features.Extraction;

namespace AlignBench.Tests.Features.Extraction;

public class WeightMemoryTests
{
    // 1,000 million weights take 4 GB, and 1 GiB is left for the rest: 5.07e9 bytes in all.
    [Theory]
    [InlineData(5_080_000_000, false, null)]
    [InlineData(5_070_000_000, false, "block by block: the weights take 4.0 GB, 5.1 GB are available")]
    [InlineData(long.MaxValue, true, "block by block, as asked for")]
    public void WhyBlockByBlock_WeightsAndMemory_SaysWhetherTheyFit(long available, bool isAsked, string? why) =>
        Assert.Equal(why, WeightMemory.WhyBlockByBlock(1_000_000_000, available, isAsked));

    [Fact]
    public void AvailableOf_LinuxText_IsTheLineInBytes()
    {
        Assert.Equal(2048, WeightMemory.AvailableOf(["MemTotal:  100 kB", "MemAvailable:        2 kB"]));
        Assert.Null(WeightMemory.AvailableOf(["MemTotal:  100 kB"]));
        Assert.InRange(WeightMemory.Available(), 1 << 20, long.MaxValue);
    }
}
