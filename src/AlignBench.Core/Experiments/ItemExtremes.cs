using System.Globalization;
using AlignBench.Reports;
using AlignBench.Reports.Runs;

namespace AlignBench.Experiments;

/// <summary>The most and the least predictable items of an experiment's first condition, of <c>item_scores.csv</c>.</summary>
internal static class ItemExtremes
{
    private const int Each = 3;

    /// <returns>Ids and scores (mean over the directions), best first; none where the table or the experiment is not there.</returns>
    public static IReadOnlyList<(string Id, string Words)> Of(RunFolder run, string experiment)
    {
        if (run.Table("item_scores.csv") is not CsvTable table)
        {
            return [];
        }

        int[] rows = [.. Enumerable.Range(0, table.Rows.Count).Where(row => table.Text(row, "experiment") == experiment)];
        (string Id, double Score)[] ranked =
        [
            .. rows.Where(row => table.Text(row, "condition") == table.Text(rows[0], "condition")
                    && table.Text(row, "folding") == table.Text(rows[0], "folding"))
                .GroupBy(row => table.Text(row, "item"))
                .Select(item => (item.Key, Score: item.Average(row => table.Number(row, "score"))))
                .Where(item => double.IsFinite(item.Score))
                .OrderByDescending(item => item.Score),
        ];
        int each = Math.Min(Each, ranked.Length / 2);
        return
        [
            .. ranked[..each].Select(item => (item.Id, Words("most", item.Score))),
            .. ranked[^each..].Select(item => (item.Id, Words("least", item.Score))),
        ];
    }

    private static string Words(string which, double score) =>
        string.Create(CultureInfo.InvariantCulture, $"{which} predictable, r = {score:F3}");
}
