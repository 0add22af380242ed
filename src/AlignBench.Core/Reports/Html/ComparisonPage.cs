using AlignBench.Reports.Plots;
using AlignBench.Reports.Runs;
using AlignBench.Statistics;
using AlignBench.Statistics.Inference;

namespace AlignBench.Reports.Html;

/// <summary>The page that shows several runs side by side.</summary>
internal static class ComparisonPage
{
    private const string TableName = "comparison.csv";

    private static readonly string[] s_columns =
    [
        "experiment", "folding", "condition", "direction", "run", "mean", "sem", "pairs", "difference", "ci95_low", "ci95_high",
        "p", "common_pairs",
    ];

    public static string Create(IReadOnlyList<RunFolder> results)
    {
        IReadOnlyList<(string Name, RunFolder Results)> runs = RunNames.Of(results);
        IReadOnlyList<ComparedMean> means = ComparedMean.Of(runs);
        ReportSection[] sections =
        [
            Summary(runs, means),
            Plots(
                "differences",
                "Differences",
                "Each run less the first, over the model pairs that both have; whiskers are 95 % intervals of the paired "
                    + "t test. A whisker that crosses 0 is no clear difference.",
                ComparisonPlots.Differences(results, means),
                "the runs share no pair of models"),
            Plots(
                "means",
                "Means",
                "Means of what more than one run has, over each run's own model pairs; whiskers are one standard error.",
                ComparisonPlots.Means(results, means),
                "no two runs have an experiment in common"),
            Table(means),
            Settings(runs),
        ];
        return ReportPage.Create(string.Join(" · ", runs.Select(run => run.Name)), null, sections);
    }

    private static ReportSection Summary(
        IReadOnlyList<(string Name, RunFolder Results)> runs, IReadOnlyList<ComparedMean> means) => new(
        "summary",
        "In short",
        Markup.Of($"""
            <p>{runs.Count} runs side by side; the first, {runs[0].Name}, is what the others are compared with.</p>
            <ul>{Markup.Join(runs.Skip(1).Select(run => Line(run.Name, [.. means.Where(mean => mean.Run == run.Name)])))}</ul>
            <p>A score (predictivity) is the correlation r between what a straight-line rule predicts of one model's numbers from the other's and what
            they are, on items that the rule has not seen. Each interval is for itself: of twenty differences that are truly 0, about one looks clear by chance.</p>
            """));

    private static Markup Line(string run, ComparedMean[] means)
    {
        PairedTTest[] differences = [.. means.Select(mean => mean.Difference).OfType<PairedTTest>()];
        int up = differences.Count(difference => difference.ConfidenceInterval().Low > 0);
        int down = differences.Count(difference => difference.ConfidenceInterval().High < 0);
        int equal = differences.Count(difference => difference is { MeanDifference: 0, StandardError: 0 });
        return Markup.Of($"""
            <li><b>{run}</b>: of {means.Length} means, {differences.Length} can be compared over common model pairs: {up} clearly higher,
            {down} clearly lower{(equal > 0 ? $", {equal} exactly the same" : "")}.</li>

            """);
    }

    private static ReportSection Table(IReadOnlyList<ComparedMean> means) => means.Count == 0
        ? new ReportSection("table", "Table", Markup.Empty, "no run has scores")
        : new ReportSection("table", "Table", DataTable.Of(TableName, s_columns, [.. means.Select(Cells)]));

    private static ReportSection Plots(
        string id, string heading, string words, IReadOnlyList<Plot> plots, string absence) => plots.Count == 0
        ? new ReportSection(id, heading, Markup.Empty, absence)
        : PlotSections.Of(id, heading, words, plots);

    private static string[] Cells(ComparedMean mean)
    {
        Interval? interval = mean.Difference?.ConfidenceInterval();
        return
        [
            mean.Experiment, mean.Folding, mean.Condition, mean.Direction, mean.Run, CsvCell.Format(mean.Mean),
            CsvCell.Format(mean.StandardError), CsvCell.Format(mean.Pairs), CsvCell.Format(mean.Difference?.MeanDifference),
            CsvCell.Format(interval?.Low), CsvCell.Format(interval?.High), CsvCell.Format(mean.Difference?.PValue()),
            CsvCell.Format(mean.Difference?.N),
        ];
    }

    private static ReportSection Settings(IReadOnlyList<(string Name, RunFolder Results)> runs)
    {
        const string heading = "What differs in how they were made";
        RunFolder[] results = [.. runs.Select(run => run.Results)];
        if (results.Any(run => run.Manifest is null))
        {
            return new ReportSection("settings", heading, Markup.Empty, $"a run has no {RunFolder.ManifestName}");
        }

        IReadOnlyList<string[]> rows = ManifestDifferences.Of(results);
        return new ReportSection("settings", heading, rows.Count == 0
            ? Markup.Of($"<p>Nothing: same config, versions, machine and threads.</p>")
            : DataTable.Of("settings.csv", ["setting", .. runs.Select(run => run.Name)], rows));
    }
}
