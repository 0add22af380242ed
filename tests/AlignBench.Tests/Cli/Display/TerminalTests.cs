using AlignBench.Cli.Display;
using Serilog.Core;

namespace AlignBench.Tests.Cli.Display;

public class TerminalTests
{
    [Theory]
    [InlineData(false, false, "seen\nwarning: careful\nerror: broken\n")]
    [InlineData(false, true, "warning: careful\nerror: broken\n")]
    [InlineData(true, false, "detail\nseen\nwarning: careful\nerror: broken\n")]
    public async Task Log_BySwitches_SaysMoreOrLess(bool verbose, bool quiet, string lines)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        Terminal terminal = new(output, error, verbose, quiet);

        int result = await terminal.WithProgressAsync(display =>
        {
            using Logger log = terminal.CreateLog(display);
            log.Debug("detail");
            log.Information("seen");
            log.Warning("careful");
            log.Error("broken");
            return Task.FromResult(7);
        });

        Assert.Equal(7, result);
        Assert.Equal(lines, error.ToString());
        Assert.Empty(output.ToString());
    }
}
