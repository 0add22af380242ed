using System.Diagnostics;

namespace AlignBench.Tests.Cli.Commands;

public sealed class CompletionCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ext", "extract")]
    [InlineData("list mo", "models")]
    [InlineData("extract --mo", "--model")]
    [InlineData("extract --format pick", "pickapic")]
    [InlineData("run x.yaml --preset nested-r2", "nested-r2")]
    [InlineData("init cus", "custom")]
    public async Task Suggest_BeginningOfAWord_IsItsRest(string line, string suggestion)
    {
        AppRun run = await AppRun.Of($"[suggest:{line.Length}]", line);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(suggestion, run.Output.Trim());
    }

    [Fact]
    public async Task Suggest_Nothing_IsEveryCommandThatHelpShows()
    {
        AppRun run = await AppRun.Of("[suggest:0]", "");

        string[] words = run.Output.Split('\n');
        Assert.Contains("run", words);
        Assert.Contains("completion", words);
        Assert.DoesNotContain("reference", words);
        Assert.DoesNotContain("/h", words);
    }

    [Fact]
    public async Task Completion_Bash_FillsInTheCommandInAShell()
    {
        _folder.Write("completion.bash", (await AppRun.Of("completion", "bash")).Output);
        // Stands in for the program: says what it was asked.
        _folder.Write("alignbench", "#!/bin/sh\nprintf '%s\\n' \"--model\" \"--max-skipped\"; echo \"$1 $2\" >&2\n");
        string script = $"""
            chmod +x '{_folder.File("alignbench")}'
            source '{_folder.File("completion.bash")}'
            COMP_WORDS=('{_folder.File("alignbench")}' extract --mo); COMP_CWORD=2
            _alignbench
            echo "$COMPREPLY"
            """;
        ProcessStartInfo bash = new("bash", ["-c", script]) { RedirectStandardOutput = true };

        using Process process = Process.Start(bash)!;

        Assert.Equal("--model\n", await process.StandardOutput.ReadToEndAsync());
    }

    [Theory]
    [InlineData("zsh", "compdef _alignbench alignbench")]
    [InlineData("fish", "complete -c alignbench")]
    public async Task Completion_OtherShells_RegisterTheProgram(string shell, string registration)
    {
        AppRun run = await AppRun.Of("completion", shell);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(registration, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completion_UnknownShell_IsWrongUse()
    {
        AppRun run = await AppRun.Of("completion", "tcsh");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("tcsh", run.Error, StringComparison.Ordinal);
    }
}
