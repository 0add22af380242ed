using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Statistics;
using AlignBench.Statistics.Inference;

namespace AlignBench.Experiments.Tables;

/// <summary>
/// The view that does not take pairs of shared models for independent: means by model, and tests with models as the
/// observations.
/// </summary>
internal static class CrossedTables
{
    private const int Resamples = 10_000;

    /// <summary>Each model's mean over its partners, by condition and for the contrast.</summary>
    public static PlanTable Means(IReadOnlyList<ExperimentResult> results) => new(
        "crossed.csv",
        ["experiment", "folding", "direction", "standardisation", "condition", "by", "model", "mean", "partners"],
        [
            .. from result in results
               from direction in Direction.All
               from standardisation in Standardisation.All
               from scores in Tables(result, direction, standardisation)
               from model in ByModel(scores.Scores)
               select (object?[])
               [
                   result.Plan.Experiment, result.Plan.Folding, direction, standardisation.Name, scores.Name, model.By,
                   model.Name, model.Mean, model.Partners,
               ],
        ]);

    /// <summary>The contrast tested over pairs, over vision models, over language models, and over both at once.</summary>
    public static PlanTable Tests(StudyConfig study, IReadOnlyList<ExperimentResult> results) => new(
        "crossed_tests.csv",
        [
            "experiment", "folding", "direction", "standardisation", "a", "b", "mean_difference", "pairs_t", "pairs_p",
            "vision_models", "vision_t", "vision_p", "language_models", "language_t", "language_p", "crossed_se",
            "crossed_t", "crossed_df", "crossed_p", "cluster_se", "cluster_low", "cluster_high",
        ],
        [
            .. from result in results
               from direction in Direction.All
               from standardisation in Standardisation.All
               select TestRow(study, result, direction, standardisation),
        ]);

    private static object?[] TestRow(
        StudyConfig study, ExperimentResult result, string direction, Standardisation standardisation)
    {
        ExperimentPlan plan = result.Plan;
        CrossedScores difference = Difference(result, direction, standardisation);
        TTest pairs = PairedTTest.Compare(
            result.Values(plan.Contrast.A, direction, standardisation),
            result.Values(plan.Contrast.B, direction, standardisation));
        TTest vision = TTest.OneSample(difference.RowMeans(), 0.0);
        TTest language = TTest.OneSample(difference.ColumnMeans(), 0.0);
        CrossedTest crossed = CrossedTest.Of(difference);
        BootstrapDistribution clusters = difference.ResampleModels(Resamples, checked((uint)study.Seed));
        Interval interval = clusters.Percentile();
        return
        [
            plan.Experiment, plan.Folding, direction, standardisation.Name, plan.Contrast.A, plan.Contrast.B,
            difference.Mean, pairs.T, pairs.PValue(), difference.Rows.Count, vision.T, vision.PValue(),
            difference.Columns.Count, language.T, language.PValue(), crossed.StandardError, crossed.T,
            crossed.DegreesOfFreedom, crossed.PValue, clusters.StandardError, interval.Low, interval.High,
        ];
    }

    private static IEnumerable<(string Name, CrossedScores Scores)> Tables(
        ExperimentResult result, string direction, Standardisation standardisation) =>
    [
        .. result.Plan.Main.Select(condition =>
            (condition.Name, result.Crossed(condition.Name, direction, standardisation))),
        ($"{result.Plan.Contrast.A} - {result.Plan.Contrast.B}", Difference(result, direction, standardisation)),
    ];

    private static CrossedScores Difference(
        ExperimentResult result, string direction, Standardisation standardisation) =>
        result.Crossed(result.Plan.Contrast.A, direction, standardisation)
            .Minus(result.Crossed(result.Plan.Contrast.B, direction, standardisation));

    private static IEnumerable<(string By, string Name, double Mean, int Partners)> ByModel(CrossedScores scores) =>
    [
        .. scores.Rows.Zip(scores.RowMeans(), (name, mean) => ("vision", name, mean, scores.Columns.Count)),
        .. scores.Columns.Zip(scores.ColumnMeans(), (name, mean) => ("language", name, mean, scores.Rows.Count)),
    ];
}
