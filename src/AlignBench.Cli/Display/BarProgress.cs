using Spectre.Console;

namespace AlignBench.Cli.Display;

/// <summary>Progress as bars on a screen, one a stage that is under way; they vanish with the work.</summary>
internal sealed class BarProgress : ProgressDisplay
{
    private readonly Lock _lock = new();
    private readonly IAnsiConsole _console;
    private readonly ProgressContext _bars;
    private readonly Dictionary<string, ProgressTask> _stages = [];

    private BarProgress(IAnsiConsole console, ProgressContext bars)
    {
        _console = console;
        _bars = bars;
    }

    public static Task<T> RunAsync<T>(TextWriter error, bool colored, Func<ProgressDisplay, Task<T>> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(error),
            Ansi = AnsiSupport.Yes,
            ColorSystem = colored ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        return console.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(bars => work(new BarProgress(console, bars)));
    }

    public override void Report(StageProgress value)
    {
        lock (_lock)
        {
            if (!_stages.TryGetValue(value.Stage, out ProgressTask? bar))
            {
                bar = _bars.AddTask(Markup.Escape(value.Stage));
                _stages.Add(value.Stage, bar);
            }

            bar.MaxValue = Math.Max(1, value.Total);
            bar.Value = value.Total == 0 ? 1 : value.Done;
        }
    }

    public override void WriteLine(string line) => _console.WriteLine(line);
}
