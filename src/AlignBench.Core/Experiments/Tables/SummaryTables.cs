using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Statistics;

namespace AlignBench.Experiments.Tables;

/// <summary>Means over the model pairs, by condition.</summary>
internal static class SummaryTables
{
    /// <summary>Columns of a curve over k behind its keys.</summary>
    public static string[] CurveColumns { get; } =
    [
        "mean", "sem", "mean_train_statistics", "sem_train_statistics", "mean_subsets", "sem_subsets", "subsets",
        "mean_unrelated", "sem_unrelated",
    ];

    public static PlanTable Summary(IReadOnlyList<ExperimentResult> results) => new(
        "summary.csv",
        ["experiment", "folding", "condition", "direction", "standardisation", "mean", "sem", "pairs"],
        [
            .. from result in results
               from condition in result.Plan.Main
               from direction in Direction.All
               from standardisation in Standardisation.All
               let values = result.Values(condition.Name, direction, standardisation)
               select (object?[])
               [
                   result.Plan.Experiment, result.Plan.Folding, condition.Name, direction, standardisation.Name,
                   .. MeanAndError(values), values.Length,
               ],
        ]);

    public static PlanTable Curves(IReadOnlyList<ExperimentResult> results) => new(
        "curves.csv",
        ["experiment", "folding", "direction", "k", .. CurveColumns],
        [.. results.Where(result => result.Plan.IsCurve).SelectMany(CurveRows)]);

    /// <summary>Joint averages: m images against k captions.</summary>
    public static PlanTable Grid(IReadOnlyList<ExperimentResult> results) => new(
        "grid.csv",
        [
            "experiment", "folding", "direction", "images", "captions", "mean", "sem", "mean_train_statistics",
            "sem_train_statistics", "pairs",
        ],
        [
            .. from result in results
               where result.Plan.IsGrid
               from direction in Direction.All
               from condition in result.Plan.Main
               let values = result.Values(condition.Name, direction, Standardisation.Test)
               select (object?[])
               [
                   result.Plan.Experiment, result.Plan.Folding, direction, condition.ImagesAveraged,
                   condition.CaptionsAveraged, .. MeanAndError(values),
                   .. MeanAndError(result.Values(condition.Name, direction, Standardisation.Train)), values.Length,
               ],
        ]);

    /// <summary>A row for each direction and k.</summary>
    public static IEnumerable<object?[]> CurveRows(ExperimentResult result) =>
        from direction in Direction.All
        from condition in result.Plan.Main
        let k = Averages.Count(condition)
        let subsets = result.Averaged(Averages.SubsetSeries, k, direction, Standardisation.Test)
        let unrelated = result.Averaged(Averages.UnrelatedSeries, k, direction, Standardisation.Test)
        select (object?[])
        [
            result.Plan.Experiment, result.Plan.Folding, direction, k,
            .. MeanAndError(result.Values(condition.Name, direction, Standardisation.Test)),
            .. MeanAndError(result.Values(condition.Name, direction, Standardisation.Train)),
            .. MeanAndError(subsets), Subsets(result, k), .. MeanAndError(unrelated),
        ];

    /// <summary>Mean and standard error over the pairs; nulls where nothing was scored.</summary>
    public static object?[] MeanAndError(double[] values) =>
        values.Length == 0 ? [null, null] : [Moments.Mean(values), Moments.StandardError(values)];

    private static int? Subsets(ExperimentResult result, int k)
    {
        int count = result.Plan.Conditions.Count(condition =>
            condition.Series == Averages.SubsetSeries && Averages.Count(condition) == k);
        return count == 0 ? null : count;
    }
}
