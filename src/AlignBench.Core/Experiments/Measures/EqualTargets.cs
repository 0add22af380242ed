using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Tables;
using AlignBench.Statistics;

namespace AlignBench.Experiments.Measures;

/// <summary>
/// Does a condition score higher because it has more units, or targets that vary more (one alpha serves all targets, so
/// those of large variance decide it)? Everything is scored again with as many units in each condition, and every
/// target scaled to variance 1 on the training rows.
/// </summary>
internal static class EqualTargets
{
    private const string Name = "equal_n_and_target_variance";

    /// <summary>
    /// By condition: units, and the variance of the targets as they are; the mean score over pairs when both are equal,
    /// and the contrast's t.
    /// </summary>
    public static IEnumerable<ConfoundRow> Rows(
        ExperimentResult result,
        ModelFeatures[] vision,
        ModelFeatures[] language,
        Scoring scoring,
        CancellationToken cancellation)
    {
        Condition[] conditions = [.. result.Plan.Main];
        int smallest = conditions.Min(condition => condition.Groups.Length);
        ExperimentPlan plan = result.Plan with
        {
            Conditions = [.. conditions.Select(condition => Cut(condition, smallest, scoring.Seed))],
        };
        Scoring equal = scoring with
        {
            Preset = scoring.Preset with { StandardizesTargets = true },
            Permutations = 0,
            Resamples = 0,
        };
        ExperimentResult again = new PairScorer(equal).Score(plan, vision, language, cancellation);
        return
        [
            .. Variances(result, conditions),
            .. from direction in Direction.All
               from condition in conditions
               let scores = again.Values(condition.Name, direction, Standardisation.Test)
               select new ConfoundRow(Name, "mean_score", Moments.Mean(scores))
               {
                   Condition = condition.Name,
                   Direction = direction,
                   N = smallest,
               },
            .. from contrast in Contrast.Of(again)
               where contrast.Standardisation == Standardisation.Test
               select new ConfoundRow(Name, "t", contrast.Test.T)
               {
                   Condition = $"{plan.Contrast.A} - {plan.Contrast.B}",
                   Direction = contrast.Direction,
                   P = contrast.Test.PValue(),
                   N = contrast.A.Length,
               },
        ];
    }

    private static IEnumerable<ConfoundRow> Variances(ExperimentResult result, Condition[] conditions) =>
        from condition in conditions
        from target in result.Main.Where(score => score.Condition.Name == condition.Name)
            .Select(score => (
                Model: score.Direction == Direction.LanguageToVision ? score.Vision : score.Language,
                score.Direction,
                score.TargetVariance))
            .Distinct()
        select new ConfoundRow("target_variance", "sum_over_targets", target.TargetVariance)
        {
            Condition = condition.Name,
            Direction = target.Direction,
            Model = target.Model,
            N = condition.Groups.Length,
        };

    private static Condition Cut(Condition condition, int count, uint seed)
    {
        if (condition.Groups.Length == count)
        {
            return condition;
        }

        int[] kept = RandomSample.Draw(condition.Groups.Length, count, RandomSample.Default, seed);
        return condition with
        {
            Images = [.. kept.Select(unit => condition.Images[unit])],
            Captions = [.. kept.Select(unit => condition.Captions[unit])],
            Groups = [.. kept.Select(unit => condition.Groups[unit])],
        };
    }
}
