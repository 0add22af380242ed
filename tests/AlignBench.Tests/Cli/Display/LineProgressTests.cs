using AlignBench.Cli.Display;

namespace AlignBench.Tests.Cli.Display;

public sealed class LineProgressTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly StringWriter _lines = new();

    public void Dispose() => _lines.Dispose();

    // A report each second from second 1 on, 100 items in 20 s: lines at 5, 10, 15 and 20 s.
    [Fact]
    public void Report_EverySecond_WritesALineEachFiveSeconds()
    {
        LineProgress progress = new(_lines, _clock, TimeSpan.FromSeconds(5));
        progress.Report(new StageProgress("dinov2 on coco", 0, 100));
        for (int second = 1; second <= 20; second++)
        {
            _clock.Seconds = second;
            progress.Report(new StageProgress("dinov2 on coco", 5 * second, 100));
        }

        Assert.Equal(
            "dinov2 on coco: 25 of 100, about 15 s left\n"
            + "dinov2 on coco: 50 of 100, about 10 s left\n"
            + "dinov2 on coco: 75 of 100, about 5 s left\n"
            + "dinov2 on coco: 100 of 100\n",
            _lines.ToString());
    }

    [Fact]
    public void Report_Bytes_AreShownAsMegabytes()
    {
        LineProgress progress = new(_lines, _clock, TimeSpan.FromSeconds(5));
        progress.Report(new StageProgress("owner/name", 0, 48_465_664) { AreBytes = true });
        _clock.Seconds = 5;
        progress.Report(new StageProgress("owner/name", 12_116_416, 48_465_664) { AreBytes = true });

        Assert.Equal("owner/name: 12.1 of 48.5 MB, about 15 s left\n", _lines.ToString());
    }

    [Fact]
    public void Report_Silent_WritesOnlyTheLog()
    {
        LineProgress progress = new(_lines, _clock, TimeSpan.MaxValue);
        _clock.Seconds = 1e6;
        progress.Report(new StageProgress("stage", 1, 2));
        progress.WriteLine("warning: something");

        Assert.Equal("warning: something\n", _lines.ToString());
    }

    private sealed class ManualClock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long GetTimestamp() => (long)(Seconds * TimestampFrequency);
    }
}
