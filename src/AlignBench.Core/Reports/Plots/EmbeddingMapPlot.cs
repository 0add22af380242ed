using System.Globalization;
using System.Text.Json.Nodes;
using AlignBench.Reports.Runs;

namespace AlignBench.Reports.Plots;

/// <summary>Where items lie in two dimensions, at the first and the last epoch of the map (Simeon 2024's plots of the training).</summary>
internal static class EmbeddingMapPlot
{
    private const string Reference = "reference";

    public static PlotKind Kind { get; } = new(
        "map",
        "The embeddings on a map",
        "Each dot is an item's image, text or multimodal embedding (both), on the first two principal components of the reference's; the "
        + "reference's own are there too. If training brings the spaces together, their clouds come to lie on one another.",
        ["embedding_map.csv"],
        Plots)
    {
        More = ("The same by multidimensional scaling", "Distances between items kept as well as two dimensions allow; the axes mean nothing."),
    };

    private static IReadOnlyList<Plot> Plots(RunFolder run)
    {
        CsvTable table = run.Table("embedding_map.csv")!;
        bool hasSeed = table.HasColumn("seed");
        string? seed = hasSeed && table.Rows.Count > 0 ? table.Text(0, "seed") : null;
        int[] rows = [.. Enumerable.Range(0, table.Rows.Count).Where(row => seed is null || table.Text(row, "seed") == seed)];
        return
        [
            .. from row in rows
               group row by (Adapter: table.Text(row, "adapter"), Method: table.Text(row, "method")) into map
               let epochs = map.Select(row => table.Whole(row, "epoch")).Distinct().Order().ToArray()
               from epoch in epochs.Length > 1 ? new[] { epochs[0], epochs[^1] } : epochs
               select Create(table, [.. map.Where(row => table.Whole(row, "epoch") == epoch || table.Text(row, "space") == Reference)],
                   map.Key.Adapter, map.Key.Method, epoch),
        ];
    }

    private static Plot Create(CsvTable table, int[] rows, string adapter, string method, long epoch)
    {
        JsonObject[] dots =
        [
            .. rows.Select(row => new JsonObject
            {
                ["space"] = table.Text(row, "space") is var space && space == "multimodal" ? "both" : space,
                ["item"] = table.Text(row, "item"),
                ["x"] = Plot.Number(table.Number(row, "x")),
                ["y"] = Plot.Number(table.Number(row, "y")),
            }),
        ];
        string when = epoch == 0 ? "before training" : string.Create(CultureInfo.InvariantCulture, $"after epoch {epoch}");
        return new Plot
        {
            Id = Plot.IdOf("map", adapter, method, epoch.ToString(CultureInfo.InvariantCulture)),
            Title = $"{adapter}, {when}",
            Description = $"{method.ToUpperInvariant()} of {adapter} {when}. " + string.Join(" ", dots
                .GroupBy(dot => (string)dot["space"]!)
                .Select(cloud => $"{cloud.Key}: {cloud.Count()} items around "
                    + $"({Words.R(cloud.Average(dot => (double?)dot["x"] ?? 0))}, {Words.R(cloud.Average(dot => (double?)dot["y"] ?? 0))}).")),
            Template = "map.vl.json",
            Data = new Dictionary<string, IReadOnlyList<JsonObject>> { ["rows"] = dots },
            Parameters = new Dictionary<string, JsonNode?>
            {
                ["x_title"] = method == "pca" ? "first component" : "first dimension",
                ["y_title"] = method == "pca" ? "second component" : "second dimension",
            },
            IsMain = method == "pca",
        };
    }
}
