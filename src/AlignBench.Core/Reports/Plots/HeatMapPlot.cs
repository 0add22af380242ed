using System.Globalization;
using System.Text.Json.Nodes;
using AlignBench.Reports.Runs;

namespace AlignBench.Reports.Plots;

/// <summary>The score of each model pair as a colour: a map for each experiment and direction.</summary>
internal static class HeatMapPlot
{
    private const int RowHeight = 30;             // pixels

    public static PlotKind Kind { get; } = new(
        "pairs",
        "Each pair of models",
        "A cell is the score of one vision model (row) with one language model (column) under one condition; brighter "
        + "is more alike. The two directions of an experiment share their colours.",
        ["predictivity.csv"],
        Plots);

    private static IReadOnlyList<Plot> Plots(RunFolder run)
    {
        IReadOnlyList<PairRow> pairs = PairRow.Of(run);
        IReadOnlySet<(string, string)> main =
            ExperimentVariants.Main(pairs.Select(pair => (pair.Experiment, pair.Folding)));
        return
        [
            .. from pair in pairs
               group pair by (pair.Experiment, pair.Folding) into experiment
               let scores = experiment.Select(pair => pair.Score).Where(double.IsFinite).DefaultIfEmpty(0).ToArray()
               from direction in experiment.GroupBy(pair => pair.Direction)
               let plot = Create(run, [.. direction], scores.Min(), scores.Max())
               select plot with { IsMain = main.Contains(experiment.Key) },
        ];
    }

    private static Plot Create(RunFolder run, PairRow[] rows, double low, double high)
    {
        PairRow first = rows[0];
        double middle = (low + high) / 2;
        PairRow best = rows.MaxBy(row => row.Score)!;
        PairRow worst = rows.MinBy(row => row.Score)!;
        return new Plot
        {
            Id = Plot.IdOf("pairs", first.Experiment, first.Folding, first.Direction),
            Title = $"{ExperimentWords.Of(run, first.Experiment, first.Folding).Title}, {Words.Direction(first.Direction)}",
            Description = $"{rows.Length} scores. Highest: {Describe(best)}. Lowest: {Describe(worst)}.",
            Template = "heatmap.vl.json",
            Data = new Dictionary<string, IReadOnlyList<JsonObject>> { ["scores"] = [.. rows.Select(Row)] },
            Parameters = new Dictionary<string, JsonNode?>
            {
                ["height"] = RowHeight * rows.Select(row => (row.Vision, row.Condition)).Distinct().Count(),
                ["domain"] = new JsonArray(low, high),
                ["is_bright"] = $"datum.score > {middle.ToString("R", CultureInfo.InvariantCulture)}",
            },
        };
    }

    private static string Describe(PairRow row) =>
        $"{Words.R(row.Score)}, {row.Vision} with {row.Language}, {Words.Name(row.Condition)}";

    private static JsonObject Row(PairRow row) => new()
    {
        ["row"] = $"{row.Vision} · {Words.Name(row.Condition)}",
        ["vision"] = row.Vision,
        ["language"] = row.Language,
        ["condition"] = Words.Name(row.Condition),
        ["score"] = Plot.Number(row.Score),
        ["standard_error"] = Plot.Number(row.StandardError),
    };
}
