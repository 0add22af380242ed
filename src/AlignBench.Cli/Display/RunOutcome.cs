using AlignBench.Experiments;

namespace AlignBench.Cli.Display;

/// <summary>The report that a run ends with.</summary>
internal static class RunReport
{
    /// <summary>
    /// Writes it if it is not up to date. The tables are what was asked for: that they are there does not hang on the report.
    /// </summary>
    public static async Task WriteAsync(string folder, Terminal terminal, CancellationToken cancellation)
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
