using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Features;
using AlignBench.Regression;
using AlignBench.Statistics;

namespace AlignBench.Experiments;

/// <summary>How well each item's features are predicted when it is tested, over the pairs of models.</summary>
internal static class ItemScoresTable
{
    public static PlanTable Of(IReadOnlyList<ExperimentResult> results) => new(
        "item_scores.csv",
        ["experiment", "folding", "condition", "direction", "item", "score", "pairs"],
        [
            .. from result in results
               from scores in result.Main.GroupBy(score => (score.Condition, score.Direction))
               from row in Rows(scores.Key.Condition, [.. scores])
               select (object?[])
               [
                   result.Plan.Experiment, result.Plan.Folding, scores.Key.Condition.Name, scores.Key.Direction,
                   row.Item, row.Score, row.Pairs,
               ],
        ]);

    // A pair that says nothing of an item is left out of its mean.
    private static IEnumerable<(string Item, double Score, int Pairs)> Rows(Condition condition, PairScore[] scores)
    {
        List<double>[] ofUnit = [.. condition.Images.Select(_ => new List<double>())];
        foreach (PairScore score in scores)
        {
            foreach (FoldScore fold in score.Result.Folds)
            {
                foreach ((int unit, double r) in score.Folds[fold.Fold].Test.Zip(fold.RowR))
                {
                    if (double.IsFinite(r))
                    {
                        ofUnit[unit].Add(r);
                    }
                }
            }
        }

        return ofUnit.Select((values, unit) => (
            DatasetExtraction.ItemOf(condition.Images[unit][0]),
            values.Count == 0 ? double.NaN : Moments.Mean([.. values]),
            values.Count));
    }
}
