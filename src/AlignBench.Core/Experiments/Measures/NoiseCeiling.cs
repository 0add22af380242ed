using AlignBench.Experiments.Kinds;
using AlignBench.Features;
using AlignBench.Regression.Algebra;
using AlignBench.Statistics.Generators;

namespace AlignBench.Experiments.Measures;

/// <summary>
/// How reliable are targets that are means of k captions (images)? Two means of k others each, correlated over the items,
/// tell; a perfect model of what the captions share can't predict better than the root of that (Spearman 1910; Brown 1910).
/// </summary>
internal static class NoiseCeiling
{
    private const int Orders = 20;
    private const string Name = "noise_ceiling";

    /// <summary>
    /// By k and model of the averaged side: the split-half reliability, where 2k are there; the reliability of k by the
    /// Spearman-Brown formula from the largest halves; its root, the ceiling of r (NaN where reliability is not positive:
    /// captions that complement one another are no repetitions); the mean score with this target and k, over the ceiling.
    /// </summary>
    public static IEnumerable<ConfoundRow> Rows(
        ExperimentResult result, ModelFeatures[] vision, ModelFeatures[] language, uint seed)
    {
        ExperimentPlan plan = result.Plan;
        bool ofCaptions = AveragedFeatures.IsOfCaptions(plan);
        Condition full = plan.Main.MaxBy(Averages.Count)!;
        int upTo = Averages.Count(full);
        string[][] entries = ofCaptions ? full.Captions : full.Images;
        foreach (ModelFeatures model in ofCaptions ? language : vision)
        {
            double[][] byHalf =
                [.. Enumerable.Range(1, upTo / 2).Select(k => SplitHalves(model.Table, entries, k, seed))];
            foreach (Condition condition in plan.Main)
            {
                int k = Averages.Count(condition);
                double[] reliability = SpearmanBrown(byHalf[^1], (double)k / byHalf.Length);
                double ceiling = Ceiling(reliability);
                if (k <= byHalf.Length)
                {
                    yield return Row(condition, model, "split_half_reliability", ColumnScores.MeanOfDefined(byHalf[k - 1]));
                }

                yield return Row(condition, model, "reliability", ColumnScores.MeanOfDefined(reliability));
                yield return Row(condition, model, "ceiling", ceiling);
                yield return Row(condition, model, "score_over_ceiling", MeanScore(result, condition, model, ofCaptions) / ceiling) with
                {
                    Direction = ofCaptions ? Direction.VisionToLanguage : Direction.LanguageToVision,
                };
            }
        }

        ConfoundRow Row(Condition condition, ModelFeatures model, string statistic, double value) =>
            new(Name, statistic, value) { Condition = condition.Name, Model = model.Model, N = entries.Length };
    }

    /// <summary>[d], each feature's r over items between means of k and of k others, averaged over random orders.</summary>
    /// <param name="table">One model's features.</param>
    /// <param name="entries">[n][K], K at least 2k.</param>
    /// <param name="k">Averaged in each half.</param>
    /// <param name="seed">Of the orders, the same for all items.</param>
    internal static double[] SplitHalves(FeatureTable table, string[][] entries, int k, uint seed)
    {
        NumPyRandom random = new(seed);
        double[] sums = new double[table.Width];
        for (int order = 0; order < Orders; order++)
        {
            int[] places = random.Permutation(entries[0].Length);
            Matrix first = Mean(places[..k]);
            Matrix second = Mean(places[k..(2 * k)]);
            double[] r = ColumnScores.R(first, second);
            for (int j = 0; j < sums.Length; j++)
            {
                sums[j] += r[j] / Orders;
            }
        }

        return sums;

        Matrix Mean(int[] places) => Matrix.Of(table.Average(
            [.. entries.Select(ofItem => (string[])[.. places.Select(place => ofItem[place])])]));
    }

    /// <summary>Reliability of means <paramref name="times"/> as long: m r / (1 + (m − 1) r).</summary>
    internal static double[] SpearmanBrown(double[] reliability, double times) =>
        [.. reliability.Select(r => times * r / (1.0 + ((times - 1.0) * r)))];

    /// <summary>Mean over features of the root of their reliability; NaN where that is not positive on the whole.</summary>
    internal static double Ceiling(double[] reliability) => ColumnScores.MeanOfDefined(reliability) > 0.0
        ? ColumnScores.MeanOfDefined([.. reliability.Select(r => Math.Sqrt(Math.Max(0.0, r)))])
        : double.NaN;

    private static double MeanScore(ExperimentResult result, Condition condition, ModelFeatures model, bool ofCaptions) =>
        result.Main
            .Where(score => score.Condition.Name == condition.Name)
            .Where(score => ofCaptions
                ? score.Language == model.Model && score.Direction == Direction.VisionToLanguage
                : score.Vision == model.Model && score.Direction == Direction.LanguageToVision)
            .Average(score => score.Result.MeanR);
}
