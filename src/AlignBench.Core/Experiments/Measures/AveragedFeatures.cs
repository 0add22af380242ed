using AlignBench.Experiments.Kinds;
using AlignBench.Features;
using AlignBench.Regression;

namespace AlignBench.Experiments.Measures;

/// <summary>
/// <c>averaged_features.csv</c>: how much the averaged side of a curve varies at each k, and over how many directions.
/// Averages of unrelated features lose variance as 1 / k in every direction; what related ones share stays.
/// </summary>
internal static class AveragedFeatures
{
    /// <param name="plan">A curve.</param>
    /// <param name="models">Of the side that is averaged.</param>
    /// <param name="threads">Models and conditions at a time.</param>
    /// <param name="cancellation">Looked at between conditions.</param>
    public static PlanTable Of(
        ExperimentPlan plan, ModelFeatures[] models, int threads, CancellationToken cancellation)
    {
        bool ofCaptions = IsOfCaptions(plan);
        (Condition Condition, ModelFeatures Model)[] wanted =
        [
            .. from condition in plan.Conditions
               where condition.Series != Averages.SubsetSeries
               from model in models
               select (condition, model),
        ];
        object?[][] rows = new object?[wanted.Length][];
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, wanted.Length, options, i =>
        {
            (Condition condition, ModelFeatures model) = wanted[i];
            FeatureMatrix features = model.Table.Average(ofCaptions ? condition.Captions : condition.Images);
            FeatureSpread spread = FeatureSpread.Of(features);
            rows[i] =
            [
                plan.Experiment, condition.Series, Averages.Count(condition), model.Model, features.Rows,
                features.Columns, spread.TotalVariance, spread.EffectiveRank, spread.ParticipationRatio,
            ];
        });
        return new PlanTable(
            "averaged_features.csv",
            [
                "experiment", "series", "k", "model", "n", "width", "total_variance", "effective_rank",
                "participation_ratio",
            ],
            rows);
    }

    /// <summary>Whether captions are averaged, or images.</summary>
    public static bool IsOfCaptions(ExperimentPlan plan) => plan.Conditions.Any(condition => condition.CaptionsAveraged > 1);
}
