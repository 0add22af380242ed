using System.Text.Json.Nodes;
using AlignBench.Reports.Runs;

namespace AlignBench.Reports.Plots;

/// <summary>What training does, epoch by epoch: losses, retrieval, neighbours shared with the reference, lambda.</summary>
internal static class TrainingPlot
{
    private static readonly (string Id, string Title, string YTitle, (string Column, string Words)[] Series)[] s_panels =
    [
        ("loss", "loss", "loss (nats)", [("train_loss", "training"), ("validation_infonce", "validation")]),
        ("recall", "retrieval on validation rows", "recall",
            [("validation_image_to_text_r1", "R@1"), ("validation_r5", "R@5"), ("validation_r10", "R@10")]),
        ("neighbors", "neighbours shared with the reference, validation rows", "mutual-kNN",
            [("validation_image_reference", "image"), ("validation_text_reference", "text"), ("validation_multimodal_reference", "both")]),
        ("lambda", "learned weight of the image", "lambda", [("lambda", "lambda")]),
    ];

    public static PlotKind Kind { get; } = new(
        "training",
        "Training of the adapters",
        "Epoch 0 is before the first step. With several seeds each is a line.",
        ["adapters_epochs.csv"],
        Plots)
    {
        More = ("More of the training", "Retrieval of the caption by its image, neighbours shared with the reference, and lambda."),
    };

    private static IReadOnlyList<Plot> Plots(RunFolder run)
    {
        CsvTable table = run.Table("adapters_epochs.csv")!;
        return
        [
            .. from row in Enumerable.Range(0, table.Rows.Count)
               group row by table.Text(row, "adapter") into adapter
               from panel in s_panels
               let points = Points(table, [.. adapter], panel.Series)
               where points.Length > 0
               select new Plot
               {
                   Id = Plot.IdOf("training", panel.Id, adapter.Key),
                   Title = $"{adapter.Key}: {panel.Title}",
                   Description = Describe(points),
                   Template = "training.vl.json",
                   Data = new Dictionary<string, IReadOnlyList<JsonObject>> { ["curve"] = points },
                   Parameters = new Dictionary<string, JsonNode?> { ["y_title"] = panel.YTitle },
                   IsMain = panel.Id == s_panels[0].Id,
               },
        ];
    }

    private static JsonObject[] Points(CsvTable table, int[] rows, (string Column, string Words)[] series) =>
    [
        .. from entry in series
           where table.HasColumn(entry.Column)
           from row in rows
           let value = table.NumberOrNull(row, entry.Column)
           where value is double number && double.IsFinite(number)
           select new JsonObject
           {
               ["series"] = entry.Words,
               ["epoch"] = table.Whole(row, "epoch"),
               ["value"] = value,
               ["seed"] = table.HasColumn("seed") ? table.Text(row, "seed") : "",
           },
    ];

    private static string Describe(JsonObject[] points) => string.Join(" ", points
        .GroupBy(point => (string)point["series"]!)
        .Select(curve =>
        {
            (long Epoch, double Value)[] ordered =
                [.. curve.Select(point => ((long)point["epoch"]!, (double)point["value"]!)).OrderBy(point => point.Item1)];
            return $"{curve.Key}: {Words.R(ordered[0].Value)} at epoch {ordered[0].Epoch}, "
                + $"{Words.R(ordered[^1].Value)} at epoch {ordered[^1].Epoch}.";
        }));
}
