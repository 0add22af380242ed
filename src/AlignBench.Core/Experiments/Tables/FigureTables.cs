using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;

namespace AlignBench.Experiments.Tables;

/// <summary>The numbers of the paper's figures, a table each: <c>figure2a.csv</c> and so on.</summary>
internal static class FigureTables
{
    /// <summary>2a: preferred against not; 2b: high against low CLIP score; 3a, 3b: averages of captions, of images.</summary>
    public static IEnumerable<PlanTable> All(StudyConfig study, IReadOnlyList<ExperimentResult> results) =>
        from result in results
        where result.Plan.Figure is not null
        group result by result.Plan.Figure into figure
        select figure.First().Plan.IsCurve ? Curves(figure.Key, figure) : Bars(study, figure.Key, figure);

    private static PlanTable Bars(StudyConfig study, string figure, IEnumerable<ExperimentResult> results) => new(
        $"figure{figure}.csv",
        [
            "experiment", "folding", "direction", "condition", "mean", "sem", "pairs", "t", "df", "p", "published_t",
        ],
        [
            .. from result in results
               from contrast in Contrast.Of(result)
               where contrast.Standardisation == Standardisation.Test
               from bar in new[]
               {
                   (Name: result.Plan.Contrast.A, Scores: contrast.A), (Name: result.Plan.Contrast.B, Scores: contrast.B),
               }
               select (object?[])
               [
                   result.Plan.Experiment, result.Plan.Folding, contrast.Direction, bar.Name,
                   .. SummaryTables.MeanAndError(bar.Scores), bar.Scores.Length, contrast.Test.T, contrast.Test.N - 1,
                   contrast.Test.PValue(), ScoreColumns.Published(study, result.Plan.Experiment, contrast.Direction),
               ],
        ]);

    private static PlanTable Curves(string figure, IEnumerable<ExperimentResult> results) => new(
        $"figure{figure}.csv",
        ["experiment", "folding", "direction", "k", .. SummaryTables.CurveColumns],
        [.. results.SelectMany(SummaryTables.CurveRows)]);
}
