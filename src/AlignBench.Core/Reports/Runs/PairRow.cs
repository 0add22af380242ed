namespace AlignBench.Reports.Runs;

/// <summary>
/// A row of predictivity.csv. Folding is how folds were made (empty where the table does not say), StandardError that over
/// the folds, N the items.
/// </summary>
public sealed record PairRow(
    string Experiment,
    string Folding,
    string Condition,
    string Vision,
    string Language,
    string Direction,
    double Score,
    double StandardError,
    long N)
{
    /// <summary>The rows in the table's order; none without the table.</summary>
    /// <exception cref="DataException">A column is missing, or a cell is not a number.</exception>
    public static IReadOnlyList<PairRow> Of(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Table("predictivity.csv") is not { } table
            ? []
            : [.. Enumerable.Range(0, table.Rows.Count).Select(row => Read(table, row))];
    }

    private static PairRow Read(CsvTable table, int row) => new(
        table.Text(row, "experiment"),
        table.HasColumn("folding") ? table.Text(row, "folding") : "",
        table.Text(row, "condition"),
        table.Text(row, "vision"),
        table.Text(row, "language"),
        table.Text(row, "direction"),
        table.Number(row, "score"),
        table.Number(row, "standard_error"),
        table.Whole(row, "n"));
}
