using AlignBench.Experiments;

namespace AlignBench.Cli.Display;

/// <summary>What a run ends with: its summary, where its files are, and the report.</summary>
/// <param name="Summary">Lines.</param>
/// <param name="Files">Kinds of files, as words of a sentence.</param>
/// <param name="Folder">Where they are.</param>
/// <param name="IsNew">Whether the run made them.</param>
internal sealed record RunOutcome(IEnumerable<string> Summary, string Files, string Folder, bool IsNew)
{
    /// <summary>Says it; with a report, writes that if it is not up to date.</summary>
    public async Task WriteAsync(Terminal terminal, bool withReport, CancellationToken cancellation)
    {
        foreach (string line in Summary)
        {
            await terminal.Output.WriteLineAsync(line);
        }

        await terminal.Output.WriteLineAsync();
        await terminal.Output.WriteLineAsync($"{Files}: {Folder}{(IsNew ? "" : " (up to date, nothing to do)")}");
        if (withReport)
        {
            await WriteReportAsync(Folder, terminal, cancellation);
        }
    }

    // The tables are what was asked for: that they are there does not hang on the report.
    private static async Task WriteReportAsync(string folder, Terminal terminal, CancellationToken cancellation)
    {
        string path = StudyReport.PathIn(folder);
        try
        {
            if (!StudyReport.IsUpToDate(folder))
            {
                StudyReport.Write(folder, path, withSamples: true, cancellation);
            }

            await terminal.Output.WriteLineAsync($"Report: {path}");
        }
        catch (Exception e) when (e is AlignBenchException or IOException or UnauthorizedAccessException)
        {
            await terminal.Error.WriteLineAsync($"alignbench: no report was written: {e.Message}");
        }
    }
}
