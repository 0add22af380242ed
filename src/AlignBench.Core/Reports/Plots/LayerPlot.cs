using System.Globalization;
using System.Text.Json.Nodes;
using AlignBench.Reports.Runs;

namespace AlignBench.Reports.Plots;

/// <summary>The score of each pair of layers of two models as a colour.</summary>
internal static class LayerPlot
{
    private const int RowHeight = 16;             // pixels

    public static PlotKind Kind { get; } = new(
        "layers",
        "Each pair of layers",
        "A cell is the score of one layer of the vision model (row) with one of the language model (column); 0 is what goes into the first "
        + "block; brighter is more alike. The best cell was found by looking at the test rows: layers_best.csv has scores whose layers were "
        + "chosen without them.",
        ["layers.csv"],
        Plots)
    {
        More = ("Other pairs, directions and conditions", "The same for each pair of models, direction and condition."),
    };

    private static IReadOnlyList<Plot> Plots(RunFolder run)
    {
        CsvTable table = run.Table("layers.csv")!;
        Key[] keys = [.. Enumerable.Range(0, table.Rows.Count).Select(row => Key.Of(table, row))];
        HashSet<Key> main = [.. keys.DistinctBy(key => (key.Experiment, key.Direction))];
        return
        [
            .. from row in Enumerable.Range(0, table.Rows.Count)
               group row by keys[row] into map
               select Create(run, table, map.Key, [.. map]) with { IsMain = main.Contains(map.Key) },
        ];
    }

    private static Plot Create(RunFolder run, CsvTable table, Key key, int[] rows)
    {
        double[] scores = [.. rows.Select(row => table.Number(row, "score"))];
        double low = scores.Where(double.IsFinite).DefaultIfEmpty(0).Min();
        double high = scores.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        int best = rows.MaxBy(row => table.Number(row, "score"));
        ExperimentWords words = ExperimentWords.Of(run, key.Experiment, key.Folding);
        return new Plot
        {
            Id = Plot.IdOf("layers", key.Experiment, key.Folding, key.Vision, key.Language, key.Direction, key.Condition),
            Title = $"{words.Title}, {Words.Name(key.Condition)}: {key.Vision} and {key.Language}, {Words.Direction(key.Direction)}",
            Description = $"{rows.Length} pairs of layers, r from {Words.R(low)} to {Words.R(high)}; highest at layer "
                + $"{table.Text(best, "vision_layer")} of {key.Vision} and {table.Text(best, "language_layer")} of {key.Language}.",
            Template = "layers.vl.json",
            Data = new Dictionary<string, IReadOnlyList<JsonObject>>
            {
                ["scores"] =
                [
                    .. rows.Select(row => new JsonObject
                    {
                        ["vision_layer"] = table.Whole(row, "vision_layer"),
                        ["language_layer"] = table.Whole(row, "language_layer"),
                        ["score"] = Plot.Number(table.Number(row, "score")),
                    }),
                ],
            },
            Parameters = new Dictionary<string, JsonNode?>
            {
                ["height"] = RowHeight * rows.Select(row => table.Whole(row, "vision_layer")).Distinct().Count(),
                ["domain"] = new JsonArray(low, high),
                ["y_title"] = string.Create(CultureInfo.InvariantCulture, $"layer of {key.Vision}"),
                ["x_title"] = string.Create(CultureInfo.InvariantCulture, $"layer of {key.Language}"),
            },
        };
    }

    private sealed record Key(
        string Experiment, string Folding, string Vision, string Language, string Direction, string Condition)
    {
        public static Key Of(CsvTable table, int row) => new(
            table.Text(row, "experiment"),
            table.HasColumn("folding") ? table.Text(row, "folding") : "",
            table.Text(row, "vision"),
            table.Text(row, "language"),
            table.Text(row, "direction"),
            table.Text(row, "condition"));
    }
}
