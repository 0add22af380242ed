using System.Globalization;

namespace AlignBench.Reports;

/// <summary>
/// Which columns name a row. Candidates are the columns of text and of whole numbers (written without '.' or
/// exponent), from left to right, then those of other numbers (a grid of lambda) for tables that need them; a column
/// with a tolerance of its own is none. The key is the shortest run of candidates, from the first, that tells the
/// expected rows apart, lengthened by further text and whole-number columns if the rows of the other table need it.
/// What is not key is compared.
/// </summary>
public static class TableKey
{
    /// <summary>Columns of the key, all of them in both tables; possibly too few to tell all rows apart.</summary>
    public static IReadOnlyList<string> Choose(
        CsvTable expected, CsvTable got, IReadOnlyDictionary<string, Tolerance> tolerances)
    {
        List<string> names = [];
        List<string> numbers = [];
        foreach (string column in expected.Columns.Where(got.HasColumn).Except(tolerances.Keys))
        {
            (Names(expected, column) ? names : numbers).Add(column);
        }

        List<string> candidates = [.. names, .. numbers];
        int length = 0;
        while (length < candidates.Count && Repeated(expected, candidates[..length]) is not null)
        {
            length++;
        }

        while (length < names.Count && Repeated(got, candidates[..length]) is not null)
        {
            length++;
        }

        return candidates[..length];
    }

    /// <summary>The first row whose key an earlier row has too, or null.</summary>
    public static int? Repeated(CsvTable table, IReadOnlyList<string> columns)
    {
        HashSet<string> seen = [];
        for (int row = 0; row < table.Rows.Count; row++)
        {
            if (!seen.Add(Of(table, row, columns)))
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>The key of one row in words, "experiment=pickapic fold=0": rows are the same where these are.</summary>
    public static string Of(CsvTable table, int row, IReadOnlyList<string> columns) =>
        string.Join(' ', columns.Select(column => $"{column}={Spelled(table.Text(row, column))}"));

    // 7, 7.0 and 07 are one key, and so are 0.3 and 0.30000000000000004.
    private static string Spelled(string cell) =>
        CsvCell.TryWhole(cell, out long whole) ? whole.ToString(CultureInfo.InvariantCulture)
        : CsvCell.TryNumber(cell, out double number) ? number.ToString("G12", CultureInfo.InvariantCulture)
        : cell;

    private static bool Names(CsvTable table, string column)
    {
        int index = table.IndexOf(column);
        string[] filled = [.. table.Rows.Select(row => row[index]).Where(cell => cell.Length > 0)];
        return filled.Length > 0
            && (filled.All(cell => CsvCell.TryWhole(cell, out _)) || !filled.All(cell => CsvCell.TryNumber(cell, out _)));
    }
}
