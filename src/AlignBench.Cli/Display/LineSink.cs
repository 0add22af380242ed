using System.Globalization;
using Serilog.Core;
using Serilog.Events;

namespace AlignBench.Cli.Display;

/// <summary>
/// The log as lines for people: the message alone, warnings and errors named, exceptions in full if asked for.
/// </summary>
internal sealed class LineSink(Action<string> write, bool withExceptions) : ILogEventSink
{
    public void Emit(LogEvent logEvent)
    {
        string prefix = logEvent.Level switch
        {
            LogEventLevel.Warning => "warning: ",
            LogEventLevel.Error or LogEventLevel.Fatal => "error: ",
            _ => "",
        };
        write(prefix + logEvent.RenderMessage(CultureInfo.InvariantCulture));
        if (withExceptions && logEvent.Exception is not null)
        {
            write(logEvent.Exception.ToString());
        }
    }
}
