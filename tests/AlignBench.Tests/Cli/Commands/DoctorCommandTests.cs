using AlignBench.Cli.Commands;
using AlignBench.Cli.Display;
using AlignBench.Diagnostics;

namespace AlignBench.Tests.Cli.Commands;

public class DoctorCommandTests
{
    [Fact]
    public async Task Doctor_AfterSetUp_Is0()
    {
        AppRun run = await AppRun.Of("doctor");

        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith("everything needed is there\n", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void Report_SomethingMissing_Is1AndSaysWhatToDo()
    {
        using StringWriter output = new();
        using StringWriter error = new();

        int exitCode = DoctorCommand.Report(
            [
                new Finding("libtorch", Verdict.Ok, "1.13.0, CPU"),
                new Finding("BLAS", Verdict.Note, "slow", "install a faster one"),
                new Finding("DuckDB", Verdict.Missing, "no libduckdb.so", "run scripts/setup.sh"),
            ],
            new Terminal(output, error, verbose: false, quiet: false));

        Assert.Equal(1, exitCode);
        Assert.Equal(
            """
            ok       libtorch  1.13.0, CPU
            note     BLAS      slow
                               install a faster one
            MISSING  DuckDB    no libduckdb.so
                               run scripts/setup.sh
            missing: 1

            """,
            output.ToString());
    }
}
