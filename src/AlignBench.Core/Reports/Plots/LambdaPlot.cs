using System.Text.Json.Nodes;
using AlignBench.Reports.Runs;

namespace AlignBench.Reports.Plots;

/// <summary>Mutual-kNN of lambda · image + (1 - lambda) · text with the reference, against lambda.</summary>
internal static class LambdaPlot
{
    public static PlotKind Kind { get; } = new(
        "lambda",
        "How much of image and text",
        "The multimodal embedding at each weight of the image: 0 is the text alone, 1 the image alone. H2 holds where a curve is above both "
        + "its ends. With several seeds each is a line.",
        ["adapters_lambda.csv"],
        Plots)
    {
        More = ("The same on other rows", "Rows that the adapters were trained on, and all rows."),
    };

    private static IReadOnlyList<Plot> Plots(RunFolder run)
    {
        CsvTable table = run.Table("adapters_lambda.csv")!;
        int[] rows = [.. Enumerable.Range(0, table.Rows.Count)];
        string main = rows.Any(row => table.Text(row, "rows") == "validation") || rows.Length == 0
            ? "validation"
            : table.Text(0, "rows");
        return
        [
            .. from row in rows
               group row by (Adapter: table.Text(row, "adapter"), Rows: table.Text(row, "rows")) into curve
               select Create(table, [.. curve], curve.Key.Adapter, curve.Key.Rows) with { IsMain = curve.Key.Rows == main },
        ];
    }

    private static Plot Create(CsvTable table, int[] rows, string adapter, string rowSet) => new()
    {
        Id = Plot.IdOf("lambda", adapter, rowSet),
        Title = $"{adapter}, {Words.Name(rowSet)} rows",
        Description = string.Join(" ", rows.GroupBy(row => table.Text(row, "when")).Select(curve => Describe(table, curve))),
        Template = "lambda.vl.json",
        Data = new Dictionary<string, IReadOnlyList<JsonObject>>
        {
            ["curve"] =
            [
                .. rows.Select(row => new JsonObject
                {
                    ["when"] = table.Text(row, "when"),
                    ["lambda"] = Plot.Number(table.Number(row, "lambda")),
                    ["score"] = Plot.Number(table.Number(row, "multimodal_reference")),
                    ["seed"] = table.HasColumn("seed") ? table.Text(row, "seed") : "",
                }),
            ],
        },
    };

    private static string Describe(CsvTable table, IGrouping<string, int> curve)
    {
        (double Lambda, double Mean)[] means =
        [
            .. curve.GroupBy(row => table.Number(row, "lambda"))
                .Select(rows => (rows.Key, rows.Average(row => table.Number(row, "multimodal_reference"))))
                .OrderBy(mean => mean.Key),
        ];
        (double lambda, double best) = means.MaxBy(mean => mean.Mean);
        return $"{curve.Key} training: {Words.R(means[0].Mean)} at {Words.Brief(means[0].Lambda)}, {Words.R(means[^1].Mean)} at "
            + $"{Words.Brief(means[^1].Lambda)}, highest {Words.R(best)} at {Words.Brief(lambda)}.";
    }
}
