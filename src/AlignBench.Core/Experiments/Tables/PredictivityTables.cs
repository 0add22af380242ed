using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Regression;
using AlignBench.Reports;
using AlignBench.Statistics;

namespace AlignBench.Experiments.Tables;

/// <summary>Every score, and what it was made of.</summary>
internal static class PredictivityTables
{
    public static PlanTable Scores(IReadOnlyList<ExperimentResult> results) => new(
        "predictivity.csv",
        [
            "experiment", "folding", "condition", "vision", "language", "direction", "score", "score_train_statistics",
            "standard_error", "standard_error_train_statistics", "r2", "score_undefined_as_zero", "n", "folds", "alphas",
            "folds_at_edge", "targets", "constant_targets", "undefined_targets", "target_variance",
            "test_items_with_trained_group", "null_mean", "null_sd", "null_p", "bootstrap_se", "bootstrap_low",
            "bootstrap_high",
        ],
        [
            .. from result in results
               from score in result.Main
               select (object?[])
               [
                   result.Plan.Experiment, result.Plan.Folding, score.Condition.Name, score.Vision, score.Language,
                   score.Direction, .. Values(score), .. Uncertainty(score),
               ],
        ]);

    private static object?[] Values(PairScore score)
    {
        PredictivityResult result = score.Result;
        IReadOnlyList<FoldScore> folds = result.Folds;
        return
        [
            result.MeanR, result.MeanRTrainStatistics,
            Moments.StandardError([.. folds.Select(fold => fold.MeanR)]),
            Moments.StandardError([.. folds.Select(fold => fold.MeanRTrainStatistics)]),
            result.MeanR2, result.MeanRUndefinedAsZero, score.Condition.Groups.Length, folds.Count,
            string.Join(' ', folds.Select(fold => CsvCell.Format(fold.MedianAlpha))), result.AlphasAtEdge,
            folds[0].R.Length, result.ConstantTargets, folds.Sum(fold => fold.UndefinedTargets), score.TargetVariance,
            score.TrainedGroups,
        ];
    }

    private static object?[] Uncertainty(PairScore score)
    {
        Interval? interval = score.Bootstrap?.Percentile();
        return
        [
            score.Chance is null ? null : Moments.Mean(score.Chance.Scores),
            score.Chance is null ? null : Moments.StandardDeviation(score.Chance.Scores),
            score.Chance?.PValue, score.Bootstrap?.StandardError, interval?.Low, interval?.High,
        ];
    }

    public static PlanTable Folds(IReadOnlyList<ExperimentResult> results) => new(
        "predictivity_folds.csv",
        [
            "experiment", "folding", "condition", "vision", "language", "direction", "fold", "mean_r", "alpha",
            "mean_r_train_statistics", "mean_r2", "n_train", "n_test", "alpha_low", "alpha_high", "alpha_at_edge",
            "targets_at_edge", "gap_to_second_alpha", "constant_targets", "undefined_targets",
        ],
        [
            .. from result in results
               from score in result.Main
               from fold in score.Result.Folds
               select (object?[])
               [
                   result.Plan.Experiment, result.Plan.Folding, score.Condition.Name, score.Vision, score.Language,
                   score.Direction, fold.Fold, fold.MeanR, fold.MedianAlpha, fold.MeanRTrainStatistics, fold.MeanR2,
                   score.Folds[fold.Fold].Train.Length, score.Folds[fold.Fold].Test.Length, fold.Alphas.Min(),
                   fold.Alphas.Max(), fold.AlphaAtEdge, fold.AlphasAtEdge, fold.GapToSecond, fold.ConstantTargets,
                   fold.UndefinedTargets,
               ],
        ]);

    /// <summary>Scores of conditions that are no row of the main tables: subsets, unrelated items.</summary>
    public static PlanTable Controls(IReadOnlyList<ExperimentResult> results) => new(
        "predictivity_controls.csv",
        [
            "experiment", "folding", "series", "condition", "vision", "language", "direction", "score",
            "score_train_statistics", "n",
        ],
        [
            .. from result in results
               from score in result.Scores
               where score.Condition.Series != Condition.MainSeries
               select (object?[])
               [
                   result.Plan.Experiment, result.Plan.Folding, score.Condition.Series, score.Condition.Name,
                   score.Vision, score.Language, score.Direction, score.Result.MeanR,
                   score.Result.MeanRTrainStatistics, score.Condition.Groups.Length,
               ],
        ]);
}
