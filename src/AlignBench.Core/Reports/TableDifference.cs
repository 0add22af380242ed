
namespace AlignBench.Reports;

/// <summary>One way in which a table is not the expected one.</summary>
/// <param name="Row">The row's key, or "" where the whole table is meant.</param>
/// <param name="Column">The column, or "" where the whole row is meant.</param>
/// <param name="Problem">Expected, got and the difference, or what is missing, in words.</param>
public sealed record TableDifference(string Row, string Column, string Problem);

/// <summary>One table compared with the expected one.</summary>
/// <param name="Table">File name.</param>
/// <param name="Rows">Expected rows, after the filters.</param>
/// <param name="LargestDifference">Of the numbers that both tables have, allowed or not; 0 where there is none.</param>
/// <param name="Differences">In the order of the expected rows and columns; empty if the tables agree.</param>
public sealed record TableComparison(
    string Table, int Rows, double LargestDifference, IReadOnlyList<TableDifference> Differences)
{
    public bool Agrees => Differences.Count == 0;
}

/// <summary>A folder of tables compared with the expected ones.</summary>
/// <param name="Tables">The tables that both folders have, by name.</param>
/// <param name="NotMade">Expected tables that the other folder doesn't have, by name.</param>
/// <param name="Unmatched">Filters and values, in words, that no expected table has.</param>
public sealed record VerificationResult(
    IReadOnlyList<TableComparison> Tables, IReadOnlyList<string> NotMade, IReadOnlyList<string> Unmatched)
{
    /// <summary>Something was compared, and all of it agrees.</summary>
    public bool Agrees => Tables.Sum(table => table.Rows) > 0 && Tables.All(table => table.Agrees);
}
