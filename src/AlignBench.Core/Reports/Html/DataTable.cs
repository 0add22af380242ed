using AlignBench.Reports.Runs;

namespace AlignBench.Reports.Html;

/// <summary>A table that sorts by any column; the page's script makes a CSV file of what the cells stand for.</summary>
internal static class DataTable
{
    /// <param name="name">The file that saving it makes.</param>
    /// <param name="columns">Headings.</param>
    /// <param name="rows">Texts, as long as <paramref name="columns"/>; numbers are shown short and kept whole.</param>
    public static Markup Of(string name, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        bool[] areNumbers = [.. columns.Select((_, i) => rows.Count > 0 && rows.All(row => IsNumber(row[i])))];
        Markup headings = Markup.Join(columns.Zip(areNumbers, Heading));
        return Markup.Of($"""
            <div class="scroll" tabindex="0" role="region" aria-label="{name}">
            <table class="data" data-name="{name}"><thead><tr>{headings}</tr></thead>
            <tbody>{Markup.Join(rows.Select(row => Row(row, areNumbers)))}</tbody></table>
            </div>
            <p class="save" data-table="{name}"></p>

            """);
    }

    private static bool IsNumber(string text) => text.Length == 0 || CsvCell.TryNumber(text, out _);

    private static Markup Heading(string column, bool isNumber) => isNumber
        ? Markup.Of($"<th scope=\"col\" class=\"n\">{column}</th>")
        : Markup.Of($"<th scope=\"col\">{column}</th>");

    private static Markup Row(IReadOnlyList<string> cells, bool[] areNumbers) =>
        Markup.Of($"<tr>{Markup.Join(cells.Zip(areNumbers, Cell))}</tr>\n");

    private static Markup Cell(string text, bool isNumber) => isNumber ? Number(text) : Markup.Of($"<td>{text}</td>");

    private static Markup Number(string text)
    {
        string shown = CsvCell.TryNumber(text, out double value) && double.IsFinite(value) ? Words.Brief(value) : text;
        return shown == text
            ? Markup.Of($"<td class=\"n\">{text}</td>")
            : Markup.Of($"<td class=\"n\" data-v=\"{text}\">{shown}</td>");
    }
}
