using AlignBench.Experiments.Kinds;
using AlignBench.Statistics;

namespace AlignBench.Experiments.Measures;

/// <summary>Is a caption's CLIP score a matter of its length?</summary>
internal static class CaptionLength
{
    private static readonly (string Name, Func<string, double> Of)[] s_lengths =
    [
        ("caption_words", text => text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Length),
        ("caption_characters", text => text.Length),
    ];

    /// <summary>
    /// Correlation of length and cosine over all captions; the same with each image's means taken off (a caption is
    /// compared with others of its image); mean length of each condition's captions.
    /// </summary>
    public static IEnumerable<ConfoundRow> Rows(ExperimentPlan plan)
    {
        Dictionary<string, ScoredCaption> ofEntry = plan.ScoredCaptions.ToDictionary(caption => caption.Entry);
        double[] cosines = [.. plan.ScoredCaptions.Select(caption => caption.Cosine)];
        string[] images = [.. plan.ScoredCaptions.Select(caption => caption.Item.Id)];
        foreach ((string name, Func<string, double> length) in s_lengths)
        {
            double[] lengths = [.. plan.ScoredCaptions.Select(caption => length(caption.Text))];
            Correlation pearson = Correlation.Pearson(lengths, cosines);
            Correlation spearman = Correlation.Spearman(lengths, cosines);
            double within = PearsonCorrelation.Of(WithoutMeans(lengths, images), WithoutMeans(cosines, images));
            yield return new(name, "pearson_r", pearson.Coefficient) { P = pearson.PValue, N = lengths.Length };
            yield return new(name, "spearman_rho", spearman.Coefficient) { P = spearman.PValue, N = lengths.Length };
            yield return new(name, "pearson_r_within_images", within) { N = lengths.Length };
            foreach (Condition condition in plan.Main)
            {
                double[] own = [.. condition.Captions.SelectMany(entries => entries).Select(entry => length(ofEntry[entry].Text))];
                yield return new(name, "mean", Moments.Mean(own)) { Condition = condition.Name, N = own.Length };
            }
        }
    }

    /// <summary>Each value less the mean of its group.</summary>
    internal static double[] WithoutMeans(double[] values, string[] groups)
    {
        Dictionary<string, double> means = groups.Zip(values).GroupBy(pair => pair.First)
            .ToDictionary(group => group.Key, group => group.Average(pair => pair.Second));
        return [.. values.Zip(groups, (value, group) => value - means[group])];
    }
}
