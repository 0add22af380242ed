using System.Runtime.InteropServices;
using AlignBench.Cli;
using AlignBench.Cli.Commands;

namespace AlignBench.Tests.Cli;

public class AppTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Help_OfTheProgram_ListsTheCommands(string option)
    {
        AppRun run = await AppRun.Of(option);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("verify", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Help_OfACommand_HasExamples()
    {
        AppRun run = await AppRun.Of("verify", "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Examples:\n  alignbench verify ", run.Output, StringComparison.Ordinal);
        Assert.Contains("--tolerance", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vreify", "no command 'vreify'; did you mean 'verify'?")]
    [InlineData("frobnicate", "no command 'frobnicate'")]
    [InlineData("", "Required command was not provided")]
    [InlineData("verify", "Required argument 'dir' missing for command: 'verify'")]
    [InlineData("verify . . x", "'alignbench verify' takes no further argument, got 'x'")]
    [InlineData(
        "verify --tolerence 1 . .", "'alignbench verify' has no option '--tolerence'; did you mean '--tolerance'?")]
    [InlineData(
        "verify . . --verbos", "'alignbench verify' has no option '--verbos'; did you mean '--verbose'?")]
    [InlineData("verify . . --tolerance=x", "Cannot parse argument 'x' for option '--tolerance' as a number")]
    [InlineData("verify nosuchfolder .", "Directory does not exist: 'nosuchfolder'")]
    public async Task WrongUse_IsOneLineAndExitCode2(string line, string words)
    {
        AppRun run = await AppRun.Of(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        string help = line.StartsWith("verify", StringComparison.Ordinal) ? "alignbench verify --help" : "alignbench --help";
        Assert.Equal($"alignbench: {words} (see '{help}')\n", run.Error);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("run c.yaml --threads abc", "Cannot parse argument 'abc' for option '--threads' as a whole number")]
    [InlineData("run c.yaml --threads 0", "--threads: expected 1 or more, got 0")]
    [InlineData("run .", "config: expected a file, '.' is a folder")]
    [InlineData("run none.yaml", "File does not exist: 'none.yaml'")]
    [InlineData("extract --model m --format f --data d --max-skipped -1", "--max-skipped: expected 0 or more, got -1")]
    [InlineData("extract --model m --format f --data d --limit 0", "--limit: expected 1 or more, got 0")]
    [InlineData("extract --model m --format f --data d --features ", "--features: expected a value, got an empty text")]
    [InlineData("extract --model  --format f --data d", "--model: expected a value, got an empty text")]
    [InlineData("predictivity --vision . --language .", "--vision: expected a file, '.' is a folder")]
    [InlineData("predictivity --vision c.yaml --language c.yaml --seed -1", "Cannot parse argument '-1' for option '--seed' as a whole number from 0")]
    [InlineData("predictivity --vision c.yaml --language c.yaml --folds 1", "--folds: expected 2 or more, got 1")]
    [InlineData(
        "list model", "Argument 'model' not recognized. Must be one of: 'models', 'datasets', 'metrics', 'presets', 'processors', 'experiments'")]
    public async Task WrongValue_IsOneLineAndExitCode2(string line, string words)
    {
        using TemporaryFolder folder = new();
        string config = folder.Write("c.yaml", "name: x");

        string[] arguments = line.Split(' ');
        AppRun run = await AppRun.Of([.. arguments.Select(argument => argument == "c.yaml" ? config : argument)]);

        Assert.Contains($"alignbench: {words} (see 'alignbench {arguments[0]} --help')\n", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        Assert.Equal(2, run.ExitCode);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("train-adapters")]
    public async Task MisspelledFile_HasItsNeighborSuggested(string command)
    {
        using TemporaryFolder folder = new();
        folder.Write("study1.yaml", "name: x");

        AppRun run = await AppRun.Of(command, folder.File("studi1.yaml"));

        Assert.Equal(
            $"alignbench: File does not exist: '{folder.File("studi1.yaml")}'; did you mean 'study1.yaml'? (see 'alignbench {command} --help')\n",
            run.Error);
    }

    [Theory]
    [InlineData("run", "study1.yaml")]
    [InlineData("train-adapters", "study2.yaml")]
    public async Task Run_WithNowhereToWriteTo_FailsBeforeAnyWork(string command, string config)
    {
        AppRun run = await AppRun.Of(
            command, Path.Combine(TestPaths.Root, "configs", "toy", config), "--output", "/proc/nowhere");

        Assert.StartsWith("alignbench: /proc/nowhere: can't write in /proc: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }

    public static TheoryData<Exception, int, string> Failures => new()
    {
        { new DataException("a.parquet row 3: got x"), 1, "a.parquet row 3: got x" },
        { new LibraryException("the library's words"), 1, "the library's words" },
        { new LibraryException("several\n  lines\r\n"), 1, "several lines" },
        { new IOException("disk full"), 1, "disk full" },
        { new AggregateException(new DataException("inner")), 1, "inner" },
        { new UsageException("neither a nor b"), 2, "neither a nor b (see 'alignbench work --help')" },
        { new OperationCanceledException(), 130, "interrupted; finished files are kept" },
        { new DllNotFoundException("no libx.so"), 1, "no libx.so; 'alignbench doctor' says what to do" },
        {
            new InvalidOperationException("oops"), 1,
            "internal error: InvalidOperationException: oops (--verbose shows where)"
        },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Failure_IsOneLineAndItsExitCode(Exception thrown, int exitCode, string words)
    {
        AppRun run = await AppRun.Of(Throwing(thrown), "work");

        Assert.Equal($"alignbench: {words}{Environment.NewLine}", run.Error);
        Assert.Equal(exitCode, run.ExitCode);
    }

    [Fact]
    public async Task Failure_WithVerbose_HasTheStack()
    {
        AppRun run = await AppRun.Of(Throwing(new DataException("wrong")), "work", "--verbose");

        Assert.StartsWith("alignbench: wrong", run.Error, StringComparison.Ordinal);
        Assert.Contains("   at ", run.Error, StringComparison.Ordinal);
    }

    private static WorkCommand Throwing(Exception thrown)
    {
        WorkCommand command = new("work", "Fails.", [], kept: "finished files are kept");
        command.SetAction((_, _) => Task.FromException<int>(thrown));
        return command;
    }

    private sealed class LibraryException(string message) : ExternalException(message);
}
