using System.Globalization;
using Spectre.Console;

namespace AlignBench.Cli.Display;

/// <summary>
/// Progress as a table on a screen that is drawn anew while the work goes on: a row a stage with its share, time left
/// and what it measured last. It vanishes with the work.
/// </summary>
internal sealed class TableProgress : ProgressDisplay
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly IAnsiConsole _console;
    private readonly LiveDisplayContext _live;
    private readonly TimeProvider _clock;
    private readonly List<Row> _rows = [];
    private long? _drawn;

    private TableProgress(IAnsiConsole console, LiveDisplayContext live, TimeProvider clock)
    {
        _console = console;
        _live = live;
        _clock = clock;
    }

    public static Task<T> RunAsync<T>(TextWriter error, bool colored, Func<ProgressDisplay, Task<T>> work) => RunAsync(
        AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(error),
            Ansi = AnsiSupport.Yes,
            ColorSystem = colored ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        }),
        TimeProvider.System,
        work);

    internal static Task<T> RunAsync<T>(IAnsiConsole console, TimeProvider clock, Func<ProgressDisplay, Task<T>> work) =>
        console.Live(new Table()).AutoClear(true).StartAsync(live => work(new TableProgress(console, live, clock)));

    public override void Report(StageProgress value)
    {
        lock (_lock)
        {
            long now = _clock.GetTimestamp();
            Row? row = _rows.Find(known => known.Stage == value.Stage);
            if (row is null)
            {
                row = new Row(value.Stage, now, value.Done);
                _rows.Add(row);
            }

            row.Done = value.Done;
            row.Total = value.Total;
            row.Figures = value.Figures ?? row.Figures;
            if (_drawn is not long drawn || _clock.GetElapsedTime(drawn, now) >= s_interval)
            {
                _drawn = now;
                _live.UpdateTarget(Draw(now));
            }
        }
    }

    public override void WriteLine(string line) => _console.WriteLine(line);

    private Table Draw(long now)
    {
        string[] figures = [.. _rows.SelectMany(row => row.Figures).Select(figure => figure.Name).Distinct()];
        Table table = new Table().Border(TableBorder.Simple).AddColumns("", "done", "left");
        foreach (string figure in figures)
        {
            table.AddColumn(new TableColumn(Markup.Escape(figure)).RightAligned());
        }

        foreach (Row row in _rows)
        {
            table.AddRow(
            [
                Markup.Escape(row.Stage),
                string.Create(CultureInfo.InvariantCulture, $"{100 * row.Done / Math.Max(1, row.Total)} %"),
                row.Left(_clock.GetElapsedTime(row.Started, now)),
                .. figures.Select(name => row.Figures.Where(figure => figure.Name == name)
                    .Select(figure => FigureText.Of(figure.Value)).FirstOrDefault("")),
            ]);
        }

        return table;
    }

    private sealed class Row(string stage, long started, long first)
    {
        public string Stage { get; } = stage;

        public long Started { get; } = started;

        public long Done { get; set; }

        public long Total { get; set; }

        public IReadOnlyList<(string Name, double Value)> Figures { get; set; } = [];

        // What was done before the first report took no time of this run.
        public string Left(TimeSpan elapsed) => Done <= first || Done >= Total
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds / (Done - first) * (Total - Done):F0} s");
    }
}
