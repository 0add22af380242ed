using System.CommandLine;
using AlignBench.Experiments;
using AlignBench.Reports.Plots;
using AlignBench.Reports.Runs;

namespace AlignBench.Cli;

/// <summary><c>alignbench report DIR</c></summary>
internal static class ReportCommand
{
    private const string FiguresFolder = "figures";

    public static Command Create()
    {
        Argument<DirectoryInfo> folder = new Argument<DirectoryInfo>("dir")
        {
            Description = "Folder with a run's tables.",
        }.AcceptExistingOnly();
        Option<string?> output = new("--output", "-o")
        {
            Description = "The HTML file. Default: report.html in the folder.",
            HelpName = "file",
        };
        Option<bool> figures = new("--figures")
        {
            Description = "Also write each plot as SVG to figures/ beside the report, for papers; needs node.",
        };
        Option<bool> noSamples = new("--no-samples")
        {
            Description = "No thumbnails of the data.",
        };

        WorkCommand command = new(
            "report",
            "Show a run's results as one HTML file with plots and tables.",
            [
                ("alignbench report results/toy-study1", "Writes results/toy-study1/report.html; open it in a browser."),
                ("alignbench report results/toy-study1 --figures", "Also results/toy-study1/figures/*.svg."),
            ],
            kept: "no report was written")
        {
            folder, output, figures, noSamples,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(folder).ToString(),
            parsed.GetValue(output),
            parsed.GetValue(figures),
            !parsed.GetValue(noSamples),
            Terminal.Of(parsed),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string folder, string? output, bool withFigures, bool withSamples, Terminal terminal, CancellationToken cancellation)
    {
        string path = output ?? StudyReport.PathIn(folder);
        StudyReport.Write(folder, path, withSamples, cancellation);
        await terminal.Output.WriteLineAsync($"Report: {path}");
        if (withFigures)
        {
            string figures = Path.Combine(Path.GetDirectoryName(path) ?? "", FiguresFolder);
            IReadOnlyList<string> files = await FigureFiles.WriteAsync(RunFolder.Read(folder), figures, cancellation);
            await terminal.Output.WriteLineAsync($"Figures: {files.Count} SVG files in {figures}");
        }

        return App.Done;
    }
}
