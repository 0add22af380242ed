using System.Text.Json.Nodes;
using AlignBench.Reports.Runs;
using AlignBench.Statistics;

namespace AlignBench.Reports.Plots;

/// <summary>Several runs side by side, a plot for each experiment that more than one of them has.</summary>
internal static class ComparisonPlots
{
    private const int ShareHeight = 14;           // pixels for one run in a row
    private const int Gap = 10;                   // pixels between rows
    private const string Template = "means.vl.json";

    /// <summary>Means with standard errors over each run's own model pairs.</summary>
    public static IReadOnlyList<Plot> Means(IReadOnlyList<RunFolder> runs, IReadOnlyList<ComparedMean> means) => Create(
        "means",
        "mean correlation r",
        runs,
        means.GroupBy(mean => mean.Experiment)
            .Where(rows => rows.DistinctBy(row => row.Run).Count() > 1)
            .SelectMany(rows => rows),
        mean => (mean.Mean, new Interval(mean.Mean - mean.StandardError, mean.Mean + mean.StandardError)));

    /// <summary>Each run less the first, with 95 % intervals over the model pairs that both have.</summary>
    public static IReadOnlyList<Plot> Differences(IReadOnlyList<RunFolder> runs, IReadOnlyList<ComparedMean> means) => Create(
        "differences",
        "difference in r from the first run",
        runs,
        means.Where(mean => mean.Difference is not null),
        mean => (mean.Difference!.MeanDifference, mean.Difference.ConfidenceInterval()));

    private static IReadOnlyList<Plot> Create(
        string name,
        string xTitle,
        IReadOnlyList<RunFolder> runs,
        IEnumerable<ComparedMean> means,
        Func<ComparedMean, (double Value, Interval Interval)> values)
    {
        ComparedMean[] shown = [.. means];
        IReadOnlySet<(string, string)> main =
            ExperimentVariants.Main(shown.Select(mean => (mean.Experiment, mean.Folding)));
        return
        [
            .. from mean in shown
               group mean by (mean.Experiment, mean.Folding) into rows
               let inOrder = rows.GroupBy(row => row.Direction).SelectMany(row => row).ToArray()
               let plot = Create(name, xTitle, Title(runs, inOrder[0]), inOrder, values)
               select plot with { IsMain = main.Contains(rows.Key) },
        ];
    }

    private static Plot Create(
        string name,
        string xTitle,
        string title,
        ComparedMean[] means,
        Func<ComparedMean, (double Value, Interval Interval)> values)
    {
        string[] runs = [.. means.Select(mean => mean.Run).Distinct()];
        int rows = means.Select(Row).Distinct().Count();
        return new Plot
        {
            Id = Plot.IdOf(name, means[0].Experiment, means[0].Folding),
            Title = title,
            Description = string.Join(" ", means.Select(mean => $"{Row(mean)}, {mean.Run}: {Words.R(values(mean).Value)}.")),
            Template = Template,
            Data = new Dictionary<string, IReadOnlyList<JsonObject>>
            {
                ["rows"] = [.. means.Select(mean => Json(mean, values(mean)))],
            },
            Parameters = new Dictionary<string, JsonNode?>
            {
                ["height"] = rows * ((runs.Length * ShareHeight) + Gap),
                ["runs"] = new JsonArray([.. runs.Select(run => JsonValue.Create(run))]),
                ["x_title"] = xTitle,
            },
        };
    }

    private static string Title(IReadOnlyList<RunFolder> runs, ComparedMean mean)
    {
        string name = ExperimentVariants.NameInConfig(mean.Experiment, mean.Folding);
        RunFolder naming = runs.FirstOrDefault(
            run => ExperimentWords.Experiments(run).Any(experiment => (string?)experiment["name"] == name), runs[0]);
        return ExperimentWords.Of(naming, mean.Experiment, mean.Folding).Title;
    }

    private static string Row(ComparedMean mean) => $"{Words.Direction(mean.Direction)} · {Words.Name(mean.Condition)}";

    private static JsonObject Json(ComparedMean mean, (double Value, Interval Interval) values) => new()
    {
        ["row"] = Row(mean),
        ["experiment"] = mean.Experiment,
        ["direction"] = mean.Direction,
        ["condition"] = mean.Condition,
        ["run"] = mean.Run,
        ["value"] = Plot.Number(values.Value),
        ["low"] = Plot.Number(double.IsNaN(values.Interval.Low) ? values.Value : values.Interval.Low),
        ["high"] = Plot.Number(double.IsNaN(values.Interval.High) ? values.Value : values.Interval.High),
        ["pairs"] = mean.Pairs,
    };
}
