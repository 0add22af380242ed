using AlignBench.Reports.Runs;

namespace AlignBench.Reports.Html;

/// <summary>The run's tables, what was counted and skipped, and the choices behind it.</summary>
internal static class TableSections
{
    private const int MostRows = 800;             // of a table that is shown whole
    private const int MostSkipped = 100;

    private static readonly string[] s_apart = ["counts.csv", "skipped.csv", "choices.csv"];

    /// <summary>Every table that has no section of its own.</summary>
    public static ReportSection All(RunFolder run) => new(
        "tables",
        "Tables",
        Markup.Of($"""
            <p>Click a heading to sort. Numbers are shown short; the saved file has them in full. README.md says what each column is.</p>
            {Markup.Join(run.TableNames.Where(name => !s_apart.Contains(name)).Select(name => Details(run.Table(name)!, name)))}
            """));

    public static ReportSection Counts(RunFolder run) => run.Table("counts.csv") is { } table
        ? new ReportSection("counts", "Data used", Markup.Of($"""
            <p>How many items the data had, and how many of them were used.</p>
            {DataTable.Of("counts.csv", table.Columns, table.Rows)}
            {Skipped(run)}
            """), run.Has("skipped.csv") ? null : "what was skipped: the run has no skipped.csv")
        : new ReportSection("counts", "Data used", Markup.Empty, "the run has no counts.csv");

    public static ReportSection Choices(RunFolder run) => run.Table("choices.csv") is { } table
        ? new ReportSection("choices", "Choices", Markup.Of($"""
            <p>What the papers leave open, and how this run decided: the paper's own word, inferred from its nearest code, or ours.</p>
            {DataTable.Of("choices.csv", table.Columns, table.Rows)}
            """))
        : new ReportSection("choices", "Choices", Markup.Empty, "the run has no choices.csv");

    private static Markup Details(CsvTable table, string name) => table.Rows.Count > MostRows
        ? Markup.Of($"<p><code>{name}</code>: {table.Rows.Count} rows, in the run's folder only.</p>\n")
        : Markup.Of($"""
            <details><summary><code>{name}</code> ({table.Rows.Count} rows)</summary>
            {DataTable.Of(name, table.Columns, table.Rows)}</details>

            """);

    private static Markup Skipped(RunFolder run)
    {
        if (run.Table("skipped.csv") is not { } table)
        {
            return Markup.Empty;
        }

        string first = table.Rows.Count > MostSkipped ? $"; the first {MostSkipped}" : "";
        return table.Rows.Count == 0 ? Markup.Of($"<p>Nothing was skipped: every image and row could be read.</p>")
            : Markup.Of($"""
                <p>{table.Rows.Count} images or rows could not be used{first}:</p>
                {DataTable.Of("skipped.csv", table.Columns, [.. table.Rows.Take(MostSkipped)])}
                """);
    }
}
