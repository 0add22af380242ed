using System.Globalization;
using AlignBench.Reports.Runs;

namespace AlignBench.Reports.Html;

/// <summary>The paper's t values beside the run's.</summary>
internal static class PaperSection
{
    private const string Heading = "Beside the paper";

    private static readonly string[] s_columns =
        ["experiment", "direction", "t here", "df", "p", "t in the paper", "same sign"];

    public static ReportSection Of(RunFolder run)
    {
        ContrastRow[] rows = [.. ContrastRow.Of(run).Where(row => row.PublishedT is not null)];
        return rows.Length == 0
            ? new ReportSection(
                "paper", Heading, Markup.Empty, "the run's config names no published values, or there is no ttests.csv")
            : new ReportSection("paper", Heading, Markup.Of($"""
                <p>A t value grows with the size of the effect and with the number of model pairs, and shrinks with their spread. Other
                models, data or sample sizes than the paper's give other values; what can be compared is the sign, and whether both
                are far from 0.</p>
                {DataTable.Of("beside_the_paper.csv", s_columns, [.. rows.Select(Cells)])}
                """));
    }

    private static string[] Cells(ContrastRow row) =>
    [
        row.Experiment,
        Words.Direction(row.Direction),
        CsvCell.Format(row.T),
        row.Df.ToString(CultureInfo.InvariantCulture),
        CsvCell.Format(row.P),
        CsvCell.Format(row.PublishedT),
        Math.Sign(row.T) == Math.Sign(row.PublishedT!.Value) ? "yes" : "no",
    ];
}
