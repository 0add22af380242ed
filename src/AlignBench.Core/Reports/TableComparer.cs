using System.Globalization;

namespace AlignBench.Reports;

/// <summary>
/// Compares one table with the expected one, row by row through <see cref="TableKey"/>. Two cells agree if both are
/// numbers within the column's tolerance, if both are the same truth, or if they are the same text; an empty cell
/// agrees with an empty one only. Rows and columns that only <c>got</c> has are of no interest.
/// </summary>
public sealed class TableComparer(
    Tolerance standard, IReadOnlyDictionary<string, Tolerance> tolerances, IReadOnlyList<RowFilter> filters)
{
    public TableComparison Compare(string name, CsvTable expected, CsvTable got)
    {
        int[] wanted =
        [
            .. Enumerable.Range(0, expected.Rows.Count).Where(row => filters.All(filter => filter.Keeps(expected, row))),
        ];
        string[] missing = [.. expected.Columns.Where(column => !got.HasColumn(column))];
        List<TableDifference> differences =
            [.. missing.Select(column => new TableDifference("", column, "expected this column, got none"))];
        IReadOnlyList<string> key = TableKey.Choose(expected, got, tolerances);

        double largest = 0;
        if (Repeated(expected, key) is { } twice)
        {
            // Without its missing columns a table may have no key; then those columns are the news.
            differences.AddRange(missing.Length > 0 ? [] : [twice]);
        }
        else if (Repeated(got, key) is { } again)
        {
            differences.Add(again);
        }
        else
        {
            largest = CompareRows(expected, wanted, got, key, differences);
        }

        return new TableComparison(name, wanted.Length, largest, differences);
    }

    private double CompareRows(
        CsvTable expected,
        int[] wanted,
        CsvTable got,
        IReadOnlyList<string> key,
        List<TableDifference> differences)
    {
        Dictionary<string, int> found = [];
        for (int row = 0; row < got.Rows.Count; row++)
        {
            found.Add(TableKey.Of(got, row, key), row);
        }

        string[] compared = [.. expected.Columns.Where(got.HasColumn).Except(key)];
        double largest = 0;
        foreach (int row in wanted)
        {
            string name = TableKey.Of(expected, row, key);
            if (!found.TryGetValue(name, out int other))
            {
                differences.Add(new TableDifference(name, "", "expected this row, got none"));
                continue;
            }

            foreach (string column in compared)
            {
                (string? problem, double difference) =
                    CompareCells(column, expected.Text(row, column), got.Text(other, column));
                largest = Math.Max(largest, difference);
                if (problem is not null)
                {
                    differences.Add(new TableDifference(name, column, problem));
                }
            }
        }

        return largest;
    }

    /// <summary>What is wrong, or null, and how far two numbers lie apart (0 for anything else).</summary>
    private (string? Problem, double Difference) CompareCells(string column, string expected, string got)
    {
        if (CsvCell.TryNumber(expected, out double a) && CsvCell.TryNumber(got, out double b))
        {
            Tolerance tolerance = tolerances.GetValueOrDefault(column, standard);
            double difference = a.Equals(b) ? 0 : Math.Abs(b - a);
            string far = $"difference {Short(difference)}, allowed {Short(tolerance.At(a))}";
            return tolerance.Allows(a, b)
                ? (null, difference)
                : ($"expected {expected}, got {got}, {far}", double.IsNaN(difference) ? 0 : difference);
        }

        bool same = expected == got
            || (CsvCell.TryTruth(expected, out bool x) && CsvCell.TryTruth(got, out bool y) && x == y);
        return (same ? null : $"expected {Shown(expected)}, got {Shown(got)}", 0);
    }

    private static TableDifference? Repeated(CsvTable table, IReadOnlyList<string> key) =>
        TableKey.Repeated(table, key) is not int row ? null
            : new TableDifference(
                TableKey.Of(table, row, key), "", $"expected this row once, got it again in {table.SourcePath} row {row + 1}");

    private static string Short(double number) => number.ToString("G3", CultureInfo.InvariantCulture);

    private static string Shown(string cell) => cell.Length == 0 ? "an empty cell" : $"'{cell}'";
}
