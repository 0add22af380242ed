using AlignBench.Reports.Runs;

namespace AlignBench.Reports.Html;

/// <summary>A table that sorts by any column; the page's script makes a CSV file of what the cells stand for.</summary>
internal static class DataTable
{
    /// <param name="name">The file that saving it makes.</param>
    /// <param name="columns">Headings.</param>
    /// <param name="rows">Texts, as long as <paramref name="columns"/>; numbers are shown short and kept whole.</param>
    public static Markup Of(string name, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows) => Markup.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-label="{name}">
        <table class="data" data-name="{name}"><thead><tr>{Markup.Join(columns.Select((column, i) => Heading(column, rows.Select(row => row[i]))))}</tr></thead>
        <tbody>{Markup.Join(rows.Select(row => Markup.Of($"<tr>{Markup.Join(row.Select(Cell))}</tr>\n")))}</tbody></table>
        </div>
        <p class="save" data-table="{name}"></p>

        """);

    private static Markup Heading(string column, IEnumerable<string> cells) =>
        cells.Any() && cells.All(cell => cell.Length == 0 || CsvCell.TryNumber(cell, out _))
            ? Markup.Of($"<th scope=\"col\" class=\"n\">{column}</th>")
            : Markup.Of($"<th scope=\"col\">{column}</th>");

    private static Markup Cell(string text) =>
        !CsvCell.TryNumber(text, out double value) ? Markup.Of($"<td>{text}</td>")
        : double.IsFinite(value) && Words.Brief(value) is var shown && shown != text ? Markup.Of($"<td class=\"n\" data-v=\"{text}\">{shown}</td>")
        : Markup.Of($"<td class=\"n\">{text}</td>");
}
