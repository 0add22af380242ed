using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using AlignBench.Cli.Commands;

namespace AlignBench.Cli;

/// <summary>The whole program behind <c>Main</c>, so that tests can run it in process.</summary>
internal static class App
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUse = 2;
    public const int Interrupted = 130;

    /// <returns>0 done, 1 failed, 2 wrong use, 130 interrupted.</returns>
    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter error) =>
        RunAsync(
            [
                RunCommand.Create(), ExtractCommand.Create(), PredictivityCommand.Create(),
                SimilarityCommand.Create(), TrainAdaptersCommand.Create(), ReportCommand.Create(),
                VerifyCommand.Create(), InspectCommand.Create(), PullCommand.Create(),
                ListCommand.Create(), InitCommand.Create(), SchemaCommand.Create(), CompletionCommand.Create(),
                DoctorCommand.Create(), ReferenceCommand.Create(),
            ],
            args,
            output,
            error);

    /// <summary>The program with these commands.</summary>
    public static async Task<int> RunAsync(
        Command[] commands, string[] args, TextWriter output, TextWriter error)
    {
        RootCommand root = CreateRoot(commands);
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (UsageErrors.Describe(parsed) is { } mistake)
        {
            await error.WriteLineAsync($"alignbench: {mistake}");
            return WrongUse;
        }

        InvocationConfiguration invocation = new()
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,              // Interruption below hears the signals
        };
        WorkCommand? command = parsed.CommandResult.Command as WorkCommand;
        try
        {
            if (command is null || parsed.Action is not AsynchronousCommandLineAction)
            {
                return await parsed.InvokeAsync(invocation);
            }

            using Interruption interruption = new();
            return await parsed.InvokeAsync(invocation, interruption.Token);
        }
        catch (Exception e)
        {
            return await ExplainAsync(e, command, parsed.GetValue<bool>("--verbose"), error);
        }
    }

    private static RootCommand CreateRoot(Command[] commands)
    {
        RootCommand root = new("Measures how alike vision and language representations are.")
        {
            new Option<bool>("--verbose")
            {
                Description = "Say more on stderr; failures with their stack.",
                Recursive = true,
            },
            new Option<bool>("--quiet")
            {
                Description = "No progress, only warnings on stderr.",
                Recursive = true,
            },
        };
        foreach (Command command in commands)
        {
            root.Add(command);
        }

        ExamplesHelp.AddTo(root);
        return root;
    }

    /// <summary>One line for what the user can mend; what is a fault of the program says so.</summary>
    private static async Task<int> ExplainAsync(
        Exception thrown, WorkCommand? command, bool verbose, TextWriter error)
    {
        Exception e = thrown is AggregateException many ? many.Flatten().InnerExceptions[0] : thrown;
        string where = verbose ? "" : " (--verbose shows where)";
        (int exitCode, string words) = e switch
        {
            OperationCanceledException => (Interrupted, $"interrupted; {command?.Kept}"),
            UsageException => (WrongUse, $"{e.Message} (see 'alignbench {command?.Name} --help')"),
            DllNotFoundException or TypeInitializationException { InnerException: DllNotFoundException } =>
                (Failed, $"{(e.InnerException ?? e).Message}; 'alignbench doctor' says what to do"),
            AlignBenchException or ExternalException or IOException or UnauthorizedAccessException =>
                (Failed, e.Message),
            _ => (Failed, $"internal error: {e.GetType().Name}: {e.Message}{where}"),
        };
        await error.WriteLineAsync($"alignbench: {OneLine(words)}");
        if (verbose && exitCode == Failed)
        {
            await error.WriteLineAsync(e.ToString());
        }

        return exitCode;
    }

    /// <summary>Libraries, and quotes of a user's file, may have several.</summary>
    private static string OneLine(string words) => string.Join(
        ' ', words.Split(['\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
