using System.Globalization;

namespace AlignBench.Reports.Runs;

/// <summary>
/// A contrast of ttests.csv in one direction, with the pairs' scores of predictivity.csv: condition a against b.
/// </summary>
public sealed record ContrastRow
{
    /// <summary>The rows whose test items are standardised as the published implementation does.</summary>
    public const string Standardisation = "test_statistics";

    private const char NoBreakSpace = '\u00a0';

    public required string Experiment { get; init; }

    /// <summary>How folds were made; empty where the table does not say.</summary>
    public required string Folding { get; init; }

    public required string Direction { get; init; }

    public required string A { get; init; }

    public required string B { get; init; }

    public required double MeanA { get; init; }

    public required double MeanB { get; init; }

    public required double T { get; init; }

    public required double Df { get; init; }

    public required double P { get; init; }

    /// <summary>95 % of the mean difference.</summary>
    public required (double Low, double High) Interval { get; init; }

    /// <summary>What the paper prints; null if it prints nothing.</summary>
    public required double? PublishedT { get; init; }

    /// <summary>One number per model pair.</summary>
    public required IReadOnlyList<PairRow> Pairs { get; init; }

    public double Difference => MeanA - MeanB;

    /// <summary>t(7) = 14.57, p &lt; .001; breaks only behind the comma.</summary>
    public string Test =>
        $"t({Df.ToString(CultureInfo.InvariantCulture)}) = {Words.T(T)}, {Words.P(P)}"
            .Replace(' ', NoBreakSpace).Replace($",{NoBreakSpace}", ", ", StringComparison.Ordinal);

    /// <summary>Model pairs of which a scored higher than b.</summary>
    public int PairsWithHigherA => ByPair().Count(pair => pair.A > pair.B);

    public int PairCount => ByPair().Count();

    /// <summary>The contrasts in the table's order; none without the table.</summary>
    /// <exception cref="DataException">A column is missing, or a cell is not a number.</exception>
    public static IReadOnlyList<ContrastRow> Of(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Table("ttests.csv") is not { } table)
        {
            return [];
        }

        IReadOnlyList<PairRow> pairs = PairRow.Of(run);
        return
        [
            .. from row in Enumerable.Range(0, table.Rows.Count)
               where table.Text(row, "standardisation") == Standardisation
               select Read(table, row, pairs),
        ];
    }

    private static ContrastRow Read(CsvTable table, int row, IReadOnlyList<PairRow> pairs)
    {
        string experiment = table.Text(row, "experiment");
        string folding = table.HasColumn("folding") ? table.Text(row, "folding") : "";
        string direction = table.Text(row, "direction");
        string a = table.Text(row, "a");
        string b = table.Text(row, "b");
        return new ContrastRow
        {
            Experiment = experiment,
            Folding = folding,
            Direction = direction,
            A = a,
            B = b,
            MeanA = table.Number(row, "mean_a"),
            MeanB = table.Number(row, "mean_b"),
            T = table.Number(row, "t"),
            Df = table.Number(row, "df"),
            P = table.Number(row, "p"),
            Interval = (Number(table, row, "ci95_low"), Number(table, row, "ci95_high")),
            PublishedT = table.HasColumn("published_t") ? table.NumberOrNull(row, "published_t") : null,
            Pairs =
            [
                .. pairs.Where(pair => pair.Experiment == experiment && pair.Direction == direction
                    && pair.Folding == folding && (pair.Condition == a || pair.Condition == b)),
            ],
        };
    }

    private static double Number(CsvTable table, int row, string column) =>
        table.HasColumn(column) ? table.Number(row, column) : double.NaN;

    private IEnumerable<(double A, double B)> ByPair() =>
        from pair in Pairs
        group pair by (pair.Vision, pair.Language) into models
        let a = models.FirstOrDefault(row => row.Condition == A)
        let b = models.FirstOrDefault(row => row.Condition == B)
        where a is not null && b is not null
        select (a.Score, b.Score);
}
