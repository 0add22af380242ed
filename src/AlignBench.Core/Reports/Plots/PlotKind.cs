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
        LayerPlot.Kind,
        AlignmentPlot.Kind,
        LambdaPlot.Kind,
        TrainingPlot.Kind,
        EmbeddingMapPlot.Kind,
    ];

    /// <summary>What opens the plots that are not main, and what these show.</summary>
    public (string Summary, string Explanation) More { get; init; } = (
        "The same with other folds",
        "Grouped folds keep items that share a prompt, an image or a caption together, so that nothing of a test item was seen in training.");

    /// <summary>The first table that a run lacks; null if it has them all.</summary>
    public string? MissingTable(RunFolder run) => Tables.FirstOrDefault(table => !run.Has(table));
}
