using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Reports;

namespace AlignBench.Experiments.Tables;

/// <summary>Writes a study's tables: tidy, one observation a row, numbers round-trip exact.</summary>
internal static class StudyTables
{
    public static void Write(
        string output, StudyConfig study, IReadOnlyList<ExperimentResult> results)
    {
        Directory.CreateDirectory(output);
        PlanTable[] tables =
        [
            PredictivityTables.Scores(results),
            PredictivityTables.Folds(results),
            .. OnlyIfAny(PredictivityTables.Controls(results)),
            ItemScoresTable.Of(results),
            SummaryTables.Summary(results),
            SummaryTables.Curves(results),
            .. OnlyIfAny(SummaryTables.Grid(results)),
            ContrastTables.TTests(study, results),
            CrossedTables.Means(results),
            CrossedTables.Tests(study, results),
            .. FigureTables.All(study, results),
            ChoicesTable.Of(study),
            new(
                "counts.csv",
                ["experiment", "what", "count"],
                [
                    .. from result in results
                       from count in result.Plan.Counts
                       select (object?[])[result.Plan.Experiment, count.What, count.Count],
                ]),
            new(
                "skipped.csv",
                ["experiment", "source", "reason"],
                [
                    .. from result in results
                       from skipped in result.Plan.Skipped
                       select (object?[])[result.Plan.Experiment, skipped.Source, skipped.Reason],
                ]),
            .. results.SelectMany(result => result.Plan.Tables),
        ];
        foreach (IGrouping<string, PlanTable> parts in tables.GroupBy(table => table.FileName))
        {
            // Two experiments on the same data with the same settings have the same rows.
            IEnumerable<object?[]> rows = parts.SelectMany(table => table.Rows).DistinctBy(row => string.Join('\n', row));
            CsvTable.Write(Path.Combine(output, parts.Key), parts.First().Columns, rows);
        }
    }

    private static PlanTable[] OnlyIfAny(PlanTable table) => table.Rows.Count == 0 ? [] : [table];
}
