using System.CommandLine;
using AlignBench.Cli.Display;
using AlignBench.Experiments;
using AlignBench.Reports.Html;
using AlignBench.Reports.Plots;
using AlignBench.Reports.Runs;

namespace AlignBench.Cli.Commands;

/// <summary><c>alignbench report DIR</c></summary>
internal static class ReportCommand
{
    private const string FiguresFolder = "figures";

    public static Command Create()
    {
        Argument<DirectoryInfo[]> folders = new Argument<DirectoryInfo[]>("dir")
        {
            Description = "Folder with a run's tables; several are compared with the first.",
            Arity = ArgumentArity.OneOrMore,
        }.AcceptExistingOnly();
        Option<string?> output = new("--output", "-o")
        {
            Description = "The HTML file. Default: report.html in the folder, comparison.html for several.",
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
            "Show a run's results, or several runs side by side, as one HTML file with plots and tables.",
            [
                ("alignbench report results/toy-study1", "Writes results/toy-study1/report.html; open it in a browser."),
                ("alignbench report results/toy-study1 --figures", "Also results/toy-study1/figures/*.svg."),
                ("alignbench report results/a results/b -o a-b.html", "Two runs side by side, with differences and intervals."),
            ],
            kept: "what was written is whole")
        {
            folders, output, figures, noSamples,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            [.. parsed.GetRequiredValue(folders).Select(folder => folder.ToString())],
            parsed.GetValue(output),
            parsed.GetValue(figures),
            !parsed.GetValue(noSamples),
            Terminal.Of(parsed),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string[] folders,
        string? output,
        bool withFigures,
        bool withSamples,
        Terminal terminal,
        CancellationToken cancellation)
    {
        RunFolder[] runs = [.. folders.Select(RunFolder.Read)];
        string name = runs.Length == 1 ? ReportWriter.FileName : ReportWriter.ComparisonName;
        string path = output ?? Path.Combine(folders[0], name);
        if (runs.Length == 1)
        {
            StudyReport.Write(folders[0], path, withSamples, cancellation);
        }
        else
        {
            ReportWriter.WriteComparison(path, runs);
        }

        await terminal.Output.WriteLineAsync($"Report: {path}");
        if (withFigures)
        {
            string figures = Path.Combine(Path.GetDirectoryName(path) ?? "", FiguresFolder);
            IReadOnlyList<string> files = await FigureFiles.WriteAsync(runs, figures, cancellation);
            await terminal.Output.WriteLineAsync($"Figures: {files.Count} SVG files in {figures}");
        }

        return App.Done;
    }
}
