using System.CommandLine;
using System.Globalization;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace AlignBench.Cli.Display;

/// <summary>What a command speaks to: results on <see cref="Output"/>, progress and log on <see cref="Error"/>.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool verbose, bool quiet)
{
    private static readonly TimeSpan s_lineInterval = TimeSpan.FromSeconds(5);

    /// <summary>The streams and switches of one command line.</summary>
    public static Terminal Of(ParseResult parsed) => new(
        parsed.InvocationConfiguration.Output,
        parsed.InvocationConfiguration.Error,
        parsed.GetValue<bool>("--verbose"),
        parsed.GetValue<bool>("--quiet"));

    public TextWriter Output { get; } = output;

    public TextWriter Error { get; } = error;

    /// <summary>Whether <see cref="Output"/> is a screen that may show colours (https://no-color.org).</summary>
    public bool Colored => ReferenceEquals(Output, Console.Out) && !Console.IsOutputRedirected && ColorWanted;

    /// <summary>
    /// Core's log on <see cref="Error"/>: information and up, all with --verbose, warnings and up with --quiet.
    /// </summary>
    /// <param name="display">What else writes there.</param>
    /// <param name="file">Gets all of it too, with times.</param>
    public Logger CreateLog(ProgressDisplay display, string? file = null)
    {
        LogEventLevel shown = verbose ? LogEventLevel.Verbose
            : quiet ? LogEventLevel.Warning
            : LogEventLevel.Information;
        LoggerConfiguration log = new LoggerConfiguration().MinimumLevel.Verbose()
            .WriteTo.Sink(new LineSink(display.WriteLine, verbose), shown);
        if (file is not null)
        {
            log.WriteTo.File(file, formatProvider: CultureInfo.InvariantCulture);
        }

        return log.CreateLogger();
    }

    /// <summary>
    /// Runs work whose progress shows: bars on a screen, else a line every few seconds, nothing with --quiet.
    /// </summary>
    public Task<T> WithProgressAsync<T>(Func<ProgressDisplay, Task<T>> work) =>
        quiet ? work(new LineProgress(Error, TimeProvider.System, TimeSpan.MaxValue))
        : OnScreen ? BarProgress.RunAsync(Error, ColorWanted, work)
        : work(new LineProgress(Error, TimeProvider.System, s_lineInterval));

    /// <summary>The same with a live table on a screen: a row a stage, and what it measured last.</summary>
    public Task<T> WithTableAsync<T>(Func<ProgressDisplay, Task<T>> work) =>
        !quiet && OnScreen ? TableProgress.RunAsync(Error, ColorWanted, work) : WithProgressAsync(work);

    private static bool ColorWanted => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    private bool OnScreen => ReferenceEquals(Error, Console.Error) && !Console.IsErrorRedirected
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
}
