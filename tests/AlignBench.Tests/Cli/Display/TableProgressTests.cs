using AlignBench.Cli.Display;
using Spectre.Console;

namespace AlignBench.Tests.Cli.Display;

public class TableProgressTests
{
    [Fact]
    public async Task Report_StagesWithFigures_AreRowsWithTheLatestOfEach()
    {
        using StringWriter screen = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(screen),
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
        });
        console.Profile.Width = 100;
        ManualClock clock = new();

        int result = await TableProgress.RunAsync(console, clock, display =>
        {
            display.Report(new StageProgress("linear", 0, 200));
            clock.Seconds = 10;
            display.Report(new StageProgress("linear", 50, 200) { Figures = [("epoch", 1), ("loss", 6.07491)] });
            clock.Seconds = 20;
            display.Report(new StageProgress("mlp [x]", 100, 200));
            return Task.FromResult(3);
        });

        string shown = screen.ToString();
        string last = shown[shown.LastIndexOf("done", StringComparison.Ordinal)..];
        Assert.Equal(3, result);
        Assert.Contains("25 %", last, StringComparison.Ordinal);
        Assert.Contains("60 s", last, StringComparison.Ordinal);            // 20 s for 50 steps, 150 are left
        Assert.Contains("6.075", last, StringComparison.Ordinal);
        Assert.Contains("mlp [x]", last, StringComparison.Ordinal);
    }

    private sealed class ManualClock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long GetTimestamp() => (long)(Seconds * TimestampFrequency);
    }
}
