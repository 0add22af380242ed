namespace AlignBench.Reports.Runs;

/// <summary>
/// A row of adapters_alignment.csv: mutual-kNN with the reference. When is <c>before</c> or <c>after</c> training, <c>-</c>
/// for the frozen features; Both is the multimodal embedding, missing for these.
/// </summary>
public sealed record AlignmentRow(
    string Adapter, string Rows, string When, double? Image, double? Text, double? Both, bool? H1, bool? H2, double Chance)
{
    private const string Table = "adapters_alignment.csv";

    /// <summary>The adapter of the frozen features' rows.</summary>
    public const string Frozen = "frozen";

    /// <summary>The rows in the table's order; none without the table.</summary>
    /// <exception cref="DataException">A column is missing, or a cell is not a number.</exception>
    public static IReadOnlyList<AlignmentRow> Of(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Table(Table) is not { } table
            ? []
            : [.. Enumerable.Range(0, table.Rows.Count).Select(row => Read(table, row))];
    }

    /// <summary>Each embedding that has a score, in words.</summary>
    public IEnumerable<(string Embedding, double Score)> Scores()
    {
        (string, double?)[] all = [("image", Image), ("text", Text), ("both", Both)];
        return all.Where(entry => entry.Item2 is not null).Select(entry => (entry.Item1, entry.Item2!.Value));
    }

    private static AlignmentRow Read(CsvTable table, int row) => new(
        table.Text(row, "adapter"),
        table.Text(row, "rows"),
        table.Text(row, "when"),
        table.NumberOrNull(row, "image_reference"),
        table.NumberOrNull(row, "text_reference"),
        table.NumberOrNull(row, "multimodal_reference"),
        TruthOrNull(table, row, "h1"),
        TruthOrNull(table, row, "h2"),
        table.Number(row, "chance"));

    private static bool? TruthOrNull(CsvTable table, int row, string column) =>
        table.Text(row, column).Length == 0 ? null : table.Truth(row, column);
}
