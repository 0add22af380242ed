using AlignBench.Experiments.Measures;
using AlignBench.Statistics.Inference;

namespace AlignBench.Experiments.Tables;

/// <summary>Which statistics standardise the test rows: the two scores that every row has.</summary>
/// <param name="Name">The <c>standardisation</c> column.</param>
/// <param name="Score">One of a row's scores.</param>
internal sealed record Standardisation(string Name, Func<PairScore, double> Score)
{
    /// <summary>The test rows' own, as the published implementation does.</summary>
    public static Standardisation Test { get; } = new("test_statistics", score => score.Result.MeanR);

    /// <summary>The training rows'.</summary>
    public static Standardisation Train { get; } = new("train_statistics", score => score.Result.MeanRTrainStatistics);

    public static IReadOnlyList<Standardisation> All { get; } = [Test, Train];
}

/// <summary>Scores of a result by condition and direction.</summary>
internal static class ScoreColumns
{
    /// <summary>[pairs] scores of one main condition and direction, in the tables' order.</summary>
    public static double[] Values(
        this ExperimentResult result, string condition, string direction, Standardisation standardisation) =>
        [.. result.Of(condition, direction).Select(standardisation.Score)];

    /// <summary>The same as a table of vision models by language models.</summary>
    public static CrossedScores Crossed(
        this ExperimentResult result, string condition, string direction, Standardisation standardisation)
    {
        PairScore[] rows = [.. result.Of(condition, direction)];
        return new CrossedScores(
            [.. rows.Select(row => row.Vision).Distinct()],
            [.. rows.Select(row => row.Language).Distinct()],
            [.. rows.Select(standardisation.Score)]);
    }

    /// <summary>
    /// [pairs], the mean over the conditions of one series that average the same number, by their weights; empty if the
    /// series has none.
    /// </summary>
    public static double[] Averaged(
        this ExperimentResult result, string series, int k, string direction, Standardisation standardisation) =>
    [
        .. result.Scores
            .Where(row => row.Condition.Series == series && row.Direction == direction
                && Averages.Count(row.Condition) == k)
            .GroupBy(row => (row.Vision, row.Language))
            .Select(pair => pair.Sum(row => row.Condition.Weight * standardisation.Score(row))
                / pair.Sum(row => row.Condition.Weight)),
    ];

    /// <summary>The t that the paper prints.</summary>
    public static double? Published(StudyConfig study, string experiment, string direction) =>
        study.Experiments.First(config => config.Name == experiment).Published.TryGetValue(direction, out double t)
            ? t
            : null;

    private static IEnumerable<PairScore> Of(this ExperimentResult result, string condition, string direction) =>
        result.Main.Where(row => row.Condition.Name == condition && row.Direction == direction);
}
