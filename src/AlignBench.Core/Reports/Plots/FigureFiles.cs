using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using AlignBench.Reports.Html;
using AlignBench.Reports.Runs;

namespace AlignBench.Reports.Plots;

/// <summary>The report's plots as SVG files, made by Vega in Node of the specifications that the page has too.</summary>
public static class FigureFiles
{
    private const string Renderer = "render-svg.cjs";

    /// <summary>Writes <c>ID.svg</c> and, so that others can change it, its specification <c>ID.vl.json</c>.</summary>
    /// <param name="runs">One: the plots of its report; several: those of their comparison.</param>
    /// <param name="folder">Made if it is not there.</param>
    /// <param name="cancellation">Ends Node.</param>
    /// <returns>The SVG files.</returns>
    /// <exception cref="DataException">There is no Node, no Vega, or a plot can't be drawn.</exception>
    public static async Task<IReadOnlyList<string>> WriteAsync(
        IReadOnlyList<RunFolder> runs, string folder, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(runs);
        IEnumerable<Plot> plots = runs.Count == 1 ? OfRun(runs[0]) : OfComparison(runs, ComparedMean.Of(RunNames.Of(runs)));
        Directory.CreateDirectory(folder);
        JsonArray tasks = [];
        List<string> files = [];
        foreach (Plot plot in plots)
        {
            string file = Path.Combine(folder, $"{plot.Id}.svg");
            JsonObject spec = PlotSpec.CreateFigure(plot);
            AtomicFile.WriteAllBytes(Path.ChangeExtension(file, ".vl.json"), Encoding.UTF8.GetBytes(spec.ToJsonString()));
            tasks.Add(new JsonObject { ["path"] = Path.GetFullPath(file), ["spec"] = spec });
            files.Add(file);
        }

        await RenderAsync(tasks.ToJsonString(), cancellation);
        return files;
    }

    private static IEnumerable<Plot> OfRun(RunFolder run) =>
        PlotKind.All.Where(kind => kind.MissingTable(run) is null).SelectMany(kind => kind.Plots(run));

    private static IEnumerable<Plot> OfComparison(IReadOnlyList<RunFolder> runs, IReadOnlyList<ComparedMean> means) =>
        [.. ComparisonPlots.Differences(runs, means), .. ComparisonPlots.Means(runs, means)];

    private static async Task RenderAsync(string tasks, CancellationToken cancellation)
    {
        string script = Path.Combine(ReportAssets.Folder, Renderer);
        ReportAssets.Scripts();                   // says what to do where Vega is missing
        ProcessStartInfo start = new("node", [script])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using Process node = Start(start);
        try
        {
            Task<string> error = node.StandardError.ReadToEndAsync(cancellation);
            await node.StandardInput.WriteAsync(tasks.AsMemory(), cancellation);
            node.StandardInput.Close();
            string words = await error;
            await node.WaitForExitAsync(cancellation);
            if (node.ExitCode != 0)
            {
                throw new DataException($"node {script}: {words.Trim()}");
            }
        }
        catch (OperationCanceledException)
        {
            node.Kill();
            throw;
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new DataException(
                $"figures are drawn by Vega in Node, and node can't be started ({e.Message}): apt-get install nodejs, or save them "
                + "from the report with the button at each plot's corner");
        }
    }
}
