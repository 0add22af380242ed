using AlignBench.Features;
using AlignBench.Similarity.Retrievals;

namespace AlignBench.Experiments.Adapters;

/// <summary>Share of items that find their partner among all of another side's.</summary>
internal static class PartnerRecall
{
    // What is higher by no more than this counts as equal, and loses.
    private const double Margin = 1e-9;

    /// <summary>The k of recall@k.</summary>
    public static IReadOnlyList<int> Ks { get; } = [1, 5, 10];

    /// <param name="queries">[n, e].</param>
    /// <param name="candidates">[n, e], row i the only right answer of row i.</param>
    /// <returns>A share for each of <see cref="Ks"/>.</returns>
    public static double[] Of(FeatureMatrix queries, FeatureMatrix candidates)
    {
        int[][] partners = [.. Enumerable.Range(0, queries.Rows).Select(row => (int[])[row])];
        RetrievalRanks ranks = Retrieval.Rank(queries, candidates, partners, tie: Margin);
        return [.. Ks.Select(ranks.RecallTiesWin)];
    }
}
