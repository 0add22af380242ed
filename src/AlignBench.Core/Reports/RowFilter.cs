namespace AlignBench.Reports;

/// <summary>
/// Keeps the rows whose <paramref name="Column"/> holds one of <paramref name="Values"/>; a table without that column is
/// kept whole.
/// </summary>
public sealed record RowFilter(string Column, IReadOnlySet<string> Values)
{
    /// <summary><c>column=value,value</c> each, as on the command line; values of the same column add up.</summary>
    /// <exception cref="FormatException">No '=', or nothing on one of its sides.</exception>
    public static IReadOnlyList<RowFilter> Parse(IEnumerable<string> texts) =>
        [.. texts.Select(Split).GroupBy(part => part.Column, (column, parts) =>
            new RowFilter(column, parts.SelectMany(part => part.Values).ToHashSet()))];

    public bool Keeps(CsvTable table, int row) =>
        !table.HasColumn(Column) || Values.Contains(table.Text(row, Column));

    private static (string Column, string[] Values) Split(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string[] values = text[(equals + 1)..].Split(',', StringSplitOptions.TrimEntries);
        return equals > 0 && values.All(value => value.Length > 0)
            ? (text[..equals].Trim(), values)
            : throw new FormatException($"expected column=value,value, got '{text}'");
    }
}
