using AlignBench.Reports.Runs;

namespace AlignBench.Reports.Plots;

/// <summary>A kind of plot: which tables it shows, and how.</summary>
/// <param name="Id">Letters and '-'.</param>
/// <param name="Heading">Of its section in the report.</param>
/// <param name="Explanation">What the reader sees, in plain words.</param>
/// <param name="Tables">The tables that it needs; a run without one of them has no such plot.</param>
/// <param name="Plots">The plots of a run that has them.</param>
internal sealed record PlotKind(
    string Id,
    string Heading,
    string Explanation,
    IReadOnlyList<string> Tables,
    Func<RunFolder, IReadOnlyList<Plot>> Plots)
{
    /// <summary>In the order of the report.</summary>
    public static IReadOnlyList<PlotKind> All { get; } =
    [
        ContrastPlot.Kind,
        CurvePlot.Kind,
        HeatMapPlot.Kind,
    ];

    /// <summary>The first table that a run lacks; null if it has them all.</summary>
    public string? MissingTable(RunFolder run) => Tables.FirstOrDefault(table => !run.Has(table));
}
