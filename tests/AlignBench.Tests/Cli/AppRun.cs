using System.CommandLine;
using AlignBench.Cli;

namespace AlignBench.Tests.Cli;

/// <summary>What one command line gave, run in process.</summary>
internal sealed record AppRun(int ExitCode, string Output, string Error)
{
    public static async Task<AppRun> Of(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exitCode = await App.RunAsync(args, output, error);
        return new AppRun(exitCode, output.ToString(), error.ToString());
    }

    public static async Task<AppRun> Of(Command command, params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exitCode = await App.RunAsync([command], args, output, error);
        return new AppRun(exitCode, output.ToString(), error.ToString());
    }
}
