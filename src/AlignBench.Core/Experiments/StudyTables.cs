using AlignBench.Reports;
using AlignBench.Statistics;

namespace AlignBench.Experiments;

/// <summary>Writes a study's tables: tidy, one observation a row, numbers round-trip exact.</summary>
internal static class StudyTables
{
    /// <summary>The test rows standardised by their own statistics, as the published implementation does.</summary>
    private const string TestStatistics = "test_statistics";

    /// <summary>The test rows standardised by the training rows' statistics.</summary>
    private const string TrainStatistics = "train_statistics";

    private static readonly (string Name, Func<PairScore, double> Score)[] s_standardisations =
    [
        (TestStatistics, score => score.Result.MeanR),
        (TrainStatistics, score => score.Result.MeanRTrainStatistics),
    ];

    public static void Write(
        string output, StudyConfig study, IReadOnlyList<ExperimentResult> results)
    {
        Directory.CreateDirectory(output);
        WritePredictivity(Path.Combine(output, "predictivity.csv"), results);
        WriteFolds(Path.Combine(output, "predictivity_folds.csv"), results);
        WriteSummary(Path.Combine(output, "summary.csv"), results);
        WriteTTests(Path.Combine(output, "ttests.csv"), study, results);
        WriteCurves(Path.Combine(output, "curves.csv"), results);
        WriteCounts(Path.Combine(output, "counts.csv"), results);
        WriteSkipped(Path.Combine(output, "skipped.csv"), results);
        foreach (IGrouping<string, PlanTable> tables in results.SelectMany(result => result.Plan.Tables).GroupBy(table => table.FileName))
        {
            // Two experiments on the same data with the same settings have the same rows.
            IEnumerable<object?[]> rows = tables.SelectMany(table => table.Rows).DistinctBy(row => string.Join('\n', row));
            CsvTable.Write(Path.Combine(output, tables.Key), tables.First().Columns, rows);
        }
    }

    private static void WritePredictivity(string path, IReadOnlyList<ExperimentResult> results) => CsvTable.Write(
        path,
        [
            "experiment", "condition", "vision", "language", "direction", "score", "score_train_statistics",
            "standard_error", "standard_error_train_statistics", "n", "folds", "alphas", "folds_at_edge",
            "undefined_targets", "test_items_with_trained_group",
        ],
        from result in results
        from score in result.Scores
        let folds = score.Result.Folds
        select (object?[])
        [
            result.Plan.Experiment, score.Condition.Name, score.Vision, score.Language, score.Direction,
            score.Result.MeanR, score.Result.MeanRTrainStatistics,
            Moments.StandardError([.. folds.Select(fold => fold.MeanR)]),
            Moments.StandardError([.. folds.Select(fold => fold.MeanRTrainStatistics)]),
            score.Condition.Groups.Length, folds.Count,
            string.Join(' ', folds.Select(fold => CsvCell.Format(fold.Alpha))),
            folds.Count(fold => fold.AlphaAtEdge), folds.Sum(fold => fold.UndefinedTargets), score.SharedGroups,
        ]);

    private static void WriteFolds(string path, IReadOnlyList<ExperimentResult> results) => CsvTable.Write(
        path,
        [
            "experiment", "condition", "vision", "language", "direction", "fold", "mean_r", "alpha",
            "mean_r_train_statistics", "n_train", "n_test", "alpha_at_edge", "gap_to_second_alpha",
            "undefined_targets",
        ],
        from result in results
        from score in result.Scores
        from fold in score.Result.Folds
        select (object?[])
        [
            result.Plan.Experiment, score.Condition.Name, score.Vision, score.Language, score.Direction, fold.Fold,
            fold.MeanR, fold.Alpha, fold.MeanRTrainStatistics, score.Folds[fold.Fold].Train.Length,
            score.Folds[fold.Fold].Test.Length, fold.AlphaAtEdge, fold.GapToSecond, fold.UndefinedTargets,
        ]);

    private static void WriteSummary(string path, IReadOnlyList<ExperimentResult> results) => CsvTable.Write(
        path,
        ["experiment", "condition", "direction", "standardisation", "mean", "sem", "pairs"],
        from result in results
        from condition in result.Plan.Conditions
        from direction in Direction.All
        from standardisation in s_standardisations
        let values = Values(result, condition.Name, direction, standardisation.Score)
        select (object?[])
        [
            result.Plan.Experiment, condition.Name, direction, standardisation.Name,
            Moments.Mean(values), Moments.StandardError(values), values.Length,
        ]);

    private static void WriteTTests(string path, StudyConfig study, IReadOnlyList<ExperimentResult> results) => CsvTable.Write(
        path,
        [
            "experiment", "direction", "standardisation", "a", "b", "mean_a", "mean_b", "mean_difference", "t", "df", "p",
            "ci95_low", "ci95_high", "cohen_dz", "differences_equal", "published_t",
        ],
        from result in results
        from direction in Direction.All
        from standardisation in s_standardisations
        let a = Values(result, result.Plan.Contrast.A, direction, standardisation.Score)
        let b = Values(result, result.Plan.Contrast.B, direction, standardisation.Score)
        let test = PairedTTest.Compare(a, b)
        let interval = test.ConfidenceInterval()
        select (object?[])
        [
            result.Plan.Experiment, direction, standardisation.Name, result.Plan.Contrast.A, result.Plan.Contrast.B,
            Moments.Mean(a), Moments.Mean(b), test.MeanDifference, test.T, test.N - 1, test.PValue(),
            interval.Low, interval.High, test.CohenDz, test.DifferencesAreEqual,
            Published(study, result.Plan.Experiment, direction),
        ]);

    private static void WriteCurves(string path, IReadOnlyList<ExperimentResult> results) => CsvTable.Write(
        path,
        ["experiment", "direction", "k", "mean", "sem", "mean_train_statistics", "sem_train_statistics"],
        from result in results
        where result.Plan.IsCurve
        from direction in Direction.All
        from condition in result.Plan.Conditions
        let own = Values(result, condition.Name, direction, score => score.Result.MeanR)
        let trained = Values(result, condition.Name, direction, score => score.Result.MeanRTrainStatistics)
        select (object?[])
        [
            result.Plan.Experiment, direction, int.Parse(condition.Name, System.Globalization.CultureInfo.InvariantCulture),
            Moments.Mean(own), Moments.StandardError(own), Moments.Mean(trained), Moments.StandardError(trained),
        ]);

    private static void WriteCounts(string path, IReadOnlyList<ExperimentResult> results) => CsvTable.Write(
        path,
        ["experiment", "what", "count"],
        from result in results
        from count in result.Plan.Counts
        select (object?[])[result.Plan.Experiment, count.What, count.Count]);

    private static void WriteSkipped(string path, IReadOnlyList<ExperimentResult> results) => CsvTable.Write(
        path,
        ["experiment", "source", "reason"],
        from result in results
        from skipped in result.Plan.Skipped
        select (object?[])[result.Plan.Experiment, skipped.Source, skipped.Reason]);

    /// <summary>[pairs] scores of one condition and direction, in the tables' order.</summary>
    private static double[] Values(
        ExperimentResult result, string condition, string direction, Func<PairScore, double> score) =>
        [.. result.Scores.Where(row => row.Condition.Name == condition && row.Direction == direction).Select(score)];

    private static double? Published(StudyConfig study, string experiment, string direction) =>
        study.Experiments.First(config => config.Name == experiment).Published.TryGetValue(direction, out double t)
            ? t
            : null;
}
