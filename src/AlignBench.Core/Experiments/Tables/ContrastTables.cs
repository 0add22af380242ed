using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Statistics;
using AlignBench.Statistics.Inference;

namespace AlignBench.Experiments.Tables;

/// <summary>Two conditions compared over the model pairs, by every test.</summary>
internal static class ContrastTables
{
    public static PlanTable TTests(StudyConfig study, IReadOnlyList<ExperimentResult> results)
    {
        Contrast[] contrasts = [.. results.SelectMany(Contrast.Of)];
        double[] p = [.. contrasts.Select(contrast => contrast.Test.PValue())];
        double[] holm = Adjust(p, defined => MultipleComparisons.Holm(defined));
        double[] discovery = Adjust(p, defined => MultipleComparisons.BenjaminiHochberg(defined));
        return new PlanTable(
            "ttests.csv",
            [
                "experiment", "folding", "direction", "standardisation", "a", "b", "mean_a", "mean_b",
                "mean_difference", "t", "df", "p", "log10_p", "ci95_low", "ci95_high", "cohen_dz", "hedges_gz",
                "differences_equal", "wilcoxon_w", "wilcoxon_p", "sign_flip_p", "holm_p", "bh_p", "published_t",
            ],
            [.. contrasts.Select((contrast, i) => Row(study, contrast, holm[i], discovery[i]))]);
    }

    // Tests without a p value are no tests; they stay NaN and don't count.
    private static double[] Adjust(double[] p, Func<double[], double[]> method)
    {
        Queue<double> adjusted = new(method([.. p.Where(value => !double.IsNaN(value))]));
        return [.. p.Select(value => double.IsNaN(value) ? double.NaN : adjusted.Dequeue())];
    }

    private static object?[] Row(StudyConfig study, Contrast contrast, double holm, double discovery)
    {
        ExperimentPlan plan = contrast.Result.Plan;
        PairedTTest test = contrast.Test;
        Interval interval = test.ConfidenceInterval();
        WilcoxonTest? ranks = contrast.Wilcoxon;
        return
        [
            plan.Experiment, plan.Folding, contrast.Direction, contrast.Standardisation.Name, plan.Contrast.A,
            plan.Contrast.B, Moments.Mean(contrast.A), Moments.Mean(contrast.B), test.MeanDifference, test.T,
            test.N - 1, test.PValue(), test.Log10P, interval.Low, interval.High, test.CohenDz, test.HedgesGz,
            test.DifferencesAreEqual, ranks?.Statistic, ranks?.PValue, contrast.SignFlip?.PValue(), holm, discovery,
            ScoreColumns.Published(study, plan.Experiment, contrast.Direction),
        ];
    }
}

/// <summary>An experiment's two conditions under one direction and standardisation.</summary>
internal sealed record Contrast(
    ExperimentResult Result, string Direction, Standardisation Standardisation, double[] A, double[] B)
{
    public PairedTTest Test { get; } = PairedTTest.Compare(A, B);

    private double[] Differences => [.. A.Zip(B, (a, b) => a - b)];

    private bool IsFinite => Array.TrueForAll(Differences, double.IsFinite);

    /// <summary>Null where a score is undefined.</summary>
    public WilcoxonTest? Wilcoxon => IsFinite ? WilcoxonTest.Compare(Differences) : null;

    /// <summary>Null where a score is undefined or the pairs are too many to count.</summary>
    public SignFlipTest? SignFlip =>
        IsFinite && A.Length <= SignFlipTest.MaxN ? SignFlipTest.Count(Differences) : null;

    public static IEnumerable<Contrast> Of(ExperimentResult result) =>
        from direction in Measures.Direction.All
        from standardisation in Standardisation.All
        select new Contrast(
            result,
            direction,
            standardisation,
            result.Values(result.Plan.Contrast.A, direction, standardisation),
            result.Values(result.Plan.Contrast.B, direction, standardisation));
}
