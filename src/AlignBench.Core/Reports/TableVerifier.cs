namespace AlignBench.Reports;

/// <summary>Compares the tables of a run with expected ones, for <c>alignbench verify</c>.</summary>
public static class TableVerifier
{
    /// <summary>Compares each <c>*.csv</c> that both folders have.</summary>
    /// <param name="folder">The run's tables.</param>
    /// <param name="expectedFolder">Expected tables and, if wanted, a <see cref="ToleranceFile"/>.</param>
    /// <param name="standard">For columns that the tolerance file doesn't name.</param>
    /// <param name="filters">Only expected rows that pass all of them count.</param>
    /// <exception cref="DataException">A folder has no tables, or one can't be read.</exception>
    /// <exception cref="ConfigException">The tolerance file is wrong, or names a column that no table has.</exception>
    public static VerificationResult Verify(
        string folder, string expectedFolder, Tolerance standard, IReadOnlyList<RowFilter> filters)
    {
        string[] names = TablesIn(expectedFolder);
        HashSet<string> made = [.. TablesIn(folder)];
        CsvTable[] expected = [.. names.Select(name => CsvTable.Read(Path.Combine(expectedFolder, name)))];
        IReadOnlyDictionary<string, Tolerance> tolerances = ToleranceFile.Read(expectedFolder);
        if (tolerances.Keys.FirstOrDefault(column => !expected.Any(table => table.HasColumn(column))) is { } unused)
        {
            string file = Path.Combine(expectedFolder, ToleranceFile.Name);
            throw new ConfigException($"{file}: no table has a column '{unused}'");
        }

        TableComparer comparer = new(standard, tolerances, filters);
        return new VerificationResult(
            [
                .. from pair in names.Zip(expected)
                   where made.Contains(pair.First)
                   select comparer.Compare(pair.First, pair.Second, CsvTable.Read(Path.Combine(folder, pair.First))),
            ],
            [.. names.Where(name => !made.Contains(name))],
            [.. filters.SelectMany(filter => Unmatched(filter, expected))]);
    }

    private static string[] TablesIn(string folder)
    {
        string[] names = [.. Directory.EnumerateFiles(folder, "*.csv").Select(path => Path.GetFileName(path)!)];
        Array.Sort(names, StringComparer.Ordinal);
        return names.Length > 0 ? names : throw new DataException($"{folder}: expected CSV tables, got none");
    }

    // A slip of the pen in a filter must not pass for agreement.
    private static IEnumerable<string> Unmatched(RowFilter filter, CsvTable[] expected)
    {
        CsvTable[] tables = [.. expected.Where(table => table.HasColumn(filter.Column))];
        HashSet<string> there =
            [.. tables.SelectMany(table => table.Rows.Select(row => row[table.IndexOf(filter.Column)]))];
        return tables.Length == 0
            ? [$"no expected table has a column '{filter.Column}'"]
            : filter.Values.Except(there).Select(value => $"no expected table has {filter.Column}={value}");
    }
}
