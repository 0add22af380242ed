namespace AlignBench.Reports.Runs;

/// <summary>
/// A point of curves.csv: the mean over the model pairs at k averaged captions or images. Series says which k were
/// averaged, StandardError is that over the pairs.
/// </summary>
public sealed record CurvePoint(
    string Experiment, string Folding, string Direction, string Series, long K, double Mean, double StandardError)
{
    public const string First = "the first k";

    // Column suffix -> words. Tables have the later ones only where they were asked for.
    private static readonly (string Suffix, string Series)[] s_series =
    [
        ("", First), ("_subsets", "all subsets of k"), ("_unrelated", "k of other items (control)"),
    ];

    /// <summary>The points in the table's order; none without the table.</summary>
    /// <exception cref="DataException">A column is missing, or a cell is not a number.</exception>
    public static IReadOnlyList<CurvePoint> Of(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Table("curves.csv") is not { } table)
        {
            return [];
        }

        return
        [
            .. from row in Enumerable.Range(0, table.Rows.Count)
               from series in s_series
               where table.HasColumn("mean" + series.Suffix)
               let mean = table.NumberOrNull(row, "mean" + series.Suffix)
               where mean is not null
               select new CurvePoint(
                   table.Text(row, "experiment"),
                   table.HasColumn("folding") ? table.Text(row, "folding") : "",
                   table.Text(row, "direction"),
                   series.Series,
                   table.Whole(row, "k"),
                   mean.Value,
                   table.Number(row, "sem" + series.Suffix)),
        ];
    }
}
