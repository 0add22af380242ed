namespace AlignBench.Similarity.Retrievals;

/// <summary>Where one query's right candidates are, from 1.</summary>
/// <param name="OfRelevant">Rank of each, ascending; ties go to the lower index.</param>
/// <param name="TiesWin">Rank of the best one before all that tie with it.</param>
/// <param name="TiesLose">The same behind all wrong ones that tie with it.</param>
public sealed record QueryRanks(IReadOnlyList<int> OfRelevant, int TiesWin, int TiesLose)
{
    /// <summary>Rank of the best right candidate.</summary>
    public int First => OfRelevant[0];

    /// <param name="similarities">[c].</param>
    /// <param name="relevant">Right candidates, one or more.</param>
    /// <param name="tie">Similarities no further apart count as equal.</param>
    internal static QueryRanks Of(ReadOnlySpan<double> similarities, int[] relevant, double tie)
    {
        int[] ranks = new int[relevant.Length];
        for (int r = 0; r < ranks.Length; r++)
        {
            ranks[r] = 1 + Higher(similarities, similarities[relevant[r]] + tie) + TiedBefore(similarities, relevant[r], tie);
        }

        Array.Sort(ranks);
        double best = double.NegativeInfinity;
        foreach (int candidate in relevant)
        {
            best = Math.Max(best, similarities[candidate]);
        }

        int tied = 0;                                        // right ones, the best itself among them
        foreach (int candidate in relevant)
        {
            tied += similarities[candidate] >= best - tie ? 1 : 0;
        }

        int higher = Higher(similarities, best + tie);
        int atLeast = similarities.Length - Lower(similarities, best - tie);
        return new QueryRanks(ranks, higher + 1, atLeast - tied + 1);
    }

    private static int Higher(ReadOnlySpan<double> similarities, double than)
    {
        int count = 0;
        foreach (double value in similarities)
        {
            count += value > than ? 1 : 0;
        }

        return count;
    }

    private static int Lower(ReadOnlySpan<double> similarities, double than)
    {
        int count = 0;
        foreach (double value in similarities)
        {
            count += value < than ? 1 : 0;
        }

        return count;
    }

    private static int TiedBefore(ReadOnlySpan<double> similarities, int candidate, double tie)
    {
        int count = 0;
        foreach (double value in similarities[..candidate])
        {
            count += Math.Abs(value - similarities[candidate]) <= tie ? 1 : 0;
        }

        return count;
    }
}
