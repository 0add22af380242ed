namespace AlignBench.Reports.Runs;

/// <summary>
/// The variants of an experiment in the tables: with <c>folding</c> other than plain, its name ends with that
/// (<c>pickapic_grouped</c>).
/// </summary>
public static class ExperimentVariants
{
    private const string Plain = "plain";

    /// <summary>The name in the config.</summary>
    public static string NameInConfig(string experiment, string folding)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        string suffix = $"_{folding}";
        return folding.Length > 0 && experiment.EndsWith(suffix, StringComparison.Ordinal)
            ? experiment[..^suffix.Length]
            : experiment;
    }

    /// <summary>What sets a variant apart, to follow a title; empty for the usual folds.</summary>
    public static string Suffix(string folding) =>
        folding is "" or Plain ? ""
        : folding == "grouped" ? ", grouped folds"
        : $", {Words.Name(folding)} folds";

    /// <summary>Of each experiment the variant that comes first in the tables; the others show the same in another way.</summary>
    public static IReadOnlySet<(string Experiment, string Folding)> Main(
        IEnumerable<(string Experiment, string Folding)> variants) =>
        variants.DistinctBy(variant => NameInConfig(variant.Experiment, variant.Folding)).ToHashSet();
}
