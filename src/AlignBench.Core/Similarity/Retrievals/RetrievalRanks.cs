namespace AlignBench.Similarity.Retrievals;

/// <summary>Retrieval scores of some queries' ranks.</summary>
/// <param name="Queries">[q].</param>
public sealed record RetrievalRanks(IReadOnlyList<QueryRanks> Queries)
{
    /// <summary>R@k: the share of queries with any right candidate among the first k.</summary>
    public double Recall(int k) => Share(query => query.First <= k);

    /// <summary>R@k where ties go to the right candidate.</summary>
    public double RecallTiesWin(int k) => Share(query => query.TiesWin <= k);

    /// <summary>R@k where ties go to the wrong candidates.</summary>
    public double RecallTiesLose(int k) => Share(query => query.TiesLose <= k);

    /// <summary>Mean share of a query's own candidates that are among the first k: the other reading of recall.</summary>
    public double ShareOfOwn(int k) =>
        Queries.Average(query => ShareWithin(query, k));

    /// <summary>Mean share of right candidates among the first R, R a query's number of right ones.</summary>
    public double RPrecision =>
        Queries.Average(query => ShareWithin(query, query.OfRelevant.Count));

    /// <summary>Median of the best ranks; of an even count the mean of the middle two.</summary>
    public double MedianRank
    {
        get
        {
            int[] sorted = [.. Queries.Select(query => query.First).Order()];
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0;
        }
    }

    public double MeanRank => Queries.Average(query => query.First);

    /// <summary>Mean of 1 / best rank.</summary>
    public double MeanReciprocalRank => Queries.Average(query => 1.0 / query.First);

    private static double ShareWithin(QueryRanks query, int k) =>
        (double)query.OfRelevant.Count(rank => rank <= k) / query.OfRelevant.Count;

    private double Share(Func<QueryRanks, bool> isHit) => (double)Queries.Count(isHit) / Queries.Count;
}
