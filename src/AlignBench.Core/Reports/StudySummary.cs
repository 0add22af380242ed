using System.Globalization;

namespace AlignBench.Reports;

/// <summary>A study's results in lines of at most 80 columns, read from its tables.</summary>
public static class StudySummary
{
    private const string TestStatistics = "test_statistics";
    private const string Plain = "plain";
    private const string Grouped = "grouped";

    /// <param name="folder">A run's results.</param>
    /// <exception cref="AlignBenchException">A table is missing or has other columns.</exception>
    public static IEnumerable<string> Lines(string folder)
    {
        CsvTable tests = CsvTable.Read(Path.Combine(folder, "ttests.csv"));
        CsvTable curves = CsvTable.Read(Path.Combine(folder, "curves.csv"));
        return
        [
            .. Tests(tests, Plain, "Paired t test over the model pairs (mean Pearson r, a against b)"),
            .. Tests(tests, Grouped, "The same, items that share a prompt, image or caption in one fold"),
            .. Curves(curves),
        ];
    }

    private static IEnumerable<string> Tests(CsvTable table, string folding, string title)
    {
        int[] rows =
        [
            .. Enumerable.Range(0, table.Rows.Count).Where(row =>
                table.Text(row, "standardisation") == TestStatistics && table.Text(row, "folding") == folding),
        ];
        if (rows.Length == 0)
        {
            yield break;
        }

        yield return title;
        yield return $"{"experiment",-18} {"direction",-18} {"a",7} {"b",7} {"t(df)",11} {"p",8} {"paper",6}";
        foreach (int row in rows)
        {
            string published = table.NumberOrNull(row, "published_t") is double t ? Number(t, "F2") : "";
            string value = $"{Number(table.Number(row, "t"), "F2")}({table.Text(row, "df")})";
            yield return $"{Cut(Name(table.Text(row, "experiment"), folding)),-18} {table.Text(row, "direction"),-18} "
                + $"{Number(table.Number(row, "mean_a"), "F4"),7} {Number(table.Number(row, "mean_b"), "F4"),7} "
                + $"{value,11} {Number(table.Number(row, "p"), "0.0e+0"),8} {published,6}";
        }

        yield return "";
    }

    private static IEnumerable<string> Curves(CsvTable table)
    {
        if (table.Rows.Count == 0)
        {
            yield break;
        }

        bool isGrouped = !Enumerable.Range(0, table.Rows.Count).Any(row => table.Text(row, "folding") == Plain);
        string folding = isGrouped ? Grouped : Plain;
        int[] rows = [.. Enumerable.Range(0, table.Rows.Count).Where(row => table.Text(row, "folding") == folding)];
        long[] ks = [.. rows.Select(row => table.Whole(row, "k")).Distinct().Order()];
        yield return "Mean Pearson r of k averaged captions or images";
        yield return $"{"experiment",-18} {"direction",-18}{string.Concat(ks.Select(k => $"{$"k = {k}",8}"))}";
        foreach (IGrouping<(string, string), int> curve in rows.GroupBy(row =>
            (table.Text(row, "experiment"), table.Text(row, "direction"))))
        {
            Dictionary<long, int> rowOf = curve.ToDictionary(row => table.Whole(row, "k"));
            IEnumerable<string> means = ks.Select(k =>
                rowOf.TryGetValue(k, out int row) ? Number(table.Number(row, "mean"), "F4") : "");
            yield return $"{Cut(curve.Key.Item1),-18} {curve.Key.Item2,-18}{string.Concat(means.Select(mean => $"{mean,8}"))}";
        }
    }

    /// <summary>Without the ending that tells the grouped twin of an experiment from the plain one.</summary>
    private static string Name(string experiment, string folding) =>
        experiment.EndsWith($"_{folding}", StringComparison.Ordinal) ? experiment[..^(folding.Length + 1)] : experiment;

    private static string Cut(string name) => name.Length <= 18 ? name : name[..17] + "…";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
