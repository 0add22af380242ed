using AlignBench.Statistics;
using AlignBench.Statistics.Inference;

namespace AlignBench.Reports.Runs;

/// <summary>One mean of a run beside the same of the first run.</summary>
public sealed record ComparedMean
{
    public required string Experiment { get; init; }

    public required string Folding { get; init; }

    public required string Condition { get; init; }

    public required string Direction { get; init; }

    /// <summary>The run's name among those compared.</summary>
    public required string Run { get; init; }

    public required double Mean { get; init; }

    /// <summary>Over the run's model pairs; NaN for one pair.</summary>
    public required double StandardError { get; init; }

    public required int Pairs { get; init; }

    /// <summary>
    /// Over the model pairs that both runs have: this run less the first. Null in the first run, where the two runs share no
    /// pair, and where the first run has no such mean.
    /// </summary>
    public required PairedTTest? Difference { get; init; }

    /// <summary>Every mean of every run, the first run's first, in the order of their tables.</summary>
    /// <param name="runs">Two or more, with distinct names.</param>
    public static IReadOnlyList<ComparedMean> Of(IReadOnlyList<(string Name, RunFolder Results)> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        Dictionary<Key, PairRow[]>[] byKey = [.. runs.Select(run => ByKey(run.Results))];
        return
        [
            .. from key in byKey.SelectMany(means => means.Keys).Distinct()
               from i in Enumerable.Range(0, runs.Count)
               where byKey[i].ContainsKey(key)
               select Compare(key, runs[i].Name, byKey[i][key], i == 0 ? null : byKey[0].GetValueOrDefault(key)),
        ];
    }

    private static Dictionary<Key, PairRow[]> ByKey(RunFolder run) => PairRow.Of(run)
        .GroupBy(row => new Key(row.Experiment, row.Folding, row.Condition, row.Direction))
        .ToDictionary(rows => rows.Key, rows => rows.ToArray());

    private static ComparedMean Compare(Key key, string run, PairRow[] rows, PairRow[]? first)
    {
        double[] scores = [.. rows.Select(row => row.Score)];
        (double Own, double First)[] common =
        [
            .. from row in rows
               from other in first ?? []
               where row.Vision == other.Vision && row.Language == other.Language
               select (row.Score, other.Score),
        ];
        return new ComparedMean
        {
            Experiment = key.Experiment,
            Folding = key.Folding,
            Condition = key.Condition,
            Direction = key.Direction,
            Run = run,
            Mean = Moments.Mean(scores),
            StandardError = scores.Length > 1 ? Moments.StandardError(scores) : double.NaN,
            Pairs = scores.Length,
            Difference = common.Length == 0
                ? null
                : PairedTTest.Compare([.. common.Select(pair => pair.Own)], [.. common.Select(pair => pair.First)]),
        };
    }

    private readonly record struct Key(string Experiment, string Folding, string Condition, string Direction);
}
