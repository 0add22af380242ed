using System.Text.Json.Nodes;
using AlignBench.Reports.Runs;

namespace AlignBench.Reports.Plots;

/// <summary>
/// Mutual-kNN of image, text and multimodal embeddings with the reference, frozen, before and after training (Simeon 2024).
/// </summary>
internal static class AlignmentPlot
{
    // The rows that the adapters have not seen come first.
    private static readonly string[] s_order = ["validation", "all", "train"];

    public static PlotKind Kind { get; } = new(
        "alignment",
        "Neighbours shared with the reference",
        "Mutual-kNN: the share of an item's nearest neighbours that it has in the reference model too. Bars: the frozen features, the "
        + "adapters' embeddings before training and after it; with several seeds their mean, each seed a dot. The dashed line is chance. "
        + "H1 says that the multimodal embedding (both) is above the mean of image and text, H2 that it is above the better one.",
        ["adapters_alignment.csv"],
        Plots)
    {
        More = ("The same on other rows", "Rows that the adapters were trained on, and all rows."),
    };

    private static IReadOnlyList<Plot> Plots(RunFolder run)
    {
        IReadOnlyList<AlignmentRow> rows = AlignmentRow.Of(run);
        string? main = s_order.FirstOrDefault(name => rows.Any(row => row.Rows == name));
        return
        [
            .. from row in rows
               where row.Adapter != AlignmentRow.Frozen
               group row by (row.Adapter, row.Rows) into bars
               let frozen = rows.Where(row => row.Adapter == AlignmentRow.Frozen && row.Rows == bars.Key.Rows)
               select Create([.. frozen, .. bars], bars.Key.Adapter) with { IsMain = bars.Key.Rows == main },
        ];
    }

    private static Plot Create(AlignmentRow[] rows, string adapter)
    {
        (string When, AlignmentRow[] Rows)[] groups =
            [.. rows.GroupBy(row => row.Adapter == AlignmentRow.Frozen ? row.Adapter : row.When).Select(group => (group.Key, group.ToArray()))];
        AlignmentRow first = rows[^1];
        return new Plot
        {
            Id = Plot.IdOf("alignment", adapter, first.Rows),
            Title = $"{adapter}, {Words.Name(first.Rows)} rows",
            Description = $"{string.Join(" ", groups.Select(group => Describe(group.When, group.Rows)))} Chance: {Words.R(first.Chance)}.",
            Template = "alignment.vl.json",
            Data = new Dictionary<string, IReadOnlyList<JsonObject>>
            {
                ["scores"] = [.. groups.SelectMany(group => Bars(group.When, group.Rows))],
                ["seeds"] = [.. groups.SelectMany(group => group.Rows.SelectMany(row => Seeds(group.When, row)))],
                ["chance"] = [new JsonObject { ["chance"] = Plot.Number(first.Chance) }],
            },
            Parameters = new Dictionary<string, JsonNode?>
            {
                ["whens"] = new JsonArray([.. groups.Select(group => (JsonNode)group.When)]),
            },
        };
    }

    private static IEnumerable<JsonObject> Bars(string when, AlignmentRow[] rows) =>
        from score in rows.SelectMany(row => row.Scores())
        group score.Score by score.Embedding into scores
        select Row(when, scores.Key, scores.Average());

    private static IEnumerable<JsonObject> Seeds(string when, AlignmentRow row) =>
        row.Scores().Select(score => Row(when, score.Embedding, score.Score));

    private static JsonObject Row(string when, string embedding, double score) => new()
    {
        ["when"] = when,
        ["embedding"] = embedding,
        ["score"] = Plot.Number(score),
    };

    private static string Describe(string when, AlignmentRow[] rows)
    {
        IEnumerable<string> scores = from score in rows.SelectMany(row => row.Scores())
                                     group score.Score by score.Embedding into means
                                     select $"{means.Key} {Words.R(means.Average())}";
        string hypotheses = rows[0].H1 is null ? ""
            : $"; H1 holds in {rows.Count(row => row.H1 == true)}, H2 in {rows.Count(row => row.H2 == true)} of {rows.Length}";
        return $"{when}: {string.Join(", ", scores)}{hypotheses}.";
    }
}
