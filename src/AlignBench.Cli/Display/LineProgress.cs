using System.Globalization;

namespace AlignBench.Cli.Display;

/// <summary>Progress as plain lines for a log file: at most one each <paramref name="interval"/>.</summary>
internal sealed class LineProgress(TextWriter error, TimeProvider clock, TimeSpan interval) : ProgressDisplay
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _started = [];     // stage -> timestamp of its first report
    private readonly Dictionary<string, string> _figures = [];   // stage -> what was measured last
    private long _lastLine = clock.GetTimestamp();

    public override void Report(StageProgress value)
    {
        lock (_lock)
        {
            long now = clock.GetTimestamp();
            _started.TryAdd(value.Stage, now);
            if (value.Figures is not null)
            {
                _figures[value.Stage] = string.Concat(value.Figures.Select(figure => $", {figure.Name} {FigureText.Of(figure.Value)}"));
            }

            if (clock.GetElapsedTime(_lastLine, now) >= interval)
            {
                _lastLine = now;
                error.WriteLine(
                    Describe(value, clock.GetElapsedTime(_started[value.Stage], now)) + _figures.GetValueOrDefault(value.Stage));
            }
        }
    }

    public override void WriteLine(string line)
    {
        lock (_lock)
        {
            error.WriteLine(line);
        }
    }

    private static string Describe(StageProgress value, TimeSpan elapsed)
    {
        string done = value.AreBytes
            ? string.Create(
                CultureInfo.InvariantCulture, $"{value.Stage}: {value.Done / 1e6:F1} of {value.Total / 1e6:F1} MB")
            : $"{value.Stage}: {value.Done} of {value.Total}";
        double left = elapsed.TotalSeconds / value.Done * (value.Total - value.Done);
        return value.Done == 0 || value.Done >= value.Total
            ? done
            : string.Create(CultureInfo.InvariantCulture, $"{done}, about {left:F0} s left");
    }
}
