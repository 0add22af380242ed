namespace AlignBench.Similarity.Neighbors;

/// <summary>
/// LCS-kNN (minyoungg/platonic-rep, metrics.py, <c>lcs_knn</c>): the longest common subsequence of the two ordered
/// neighbour lists.
/// </summary>
public static class LcsKnn
{
    /// <summary>Mean length of the longest common subsequence.</summary>
    /// <returns>0 to k: as published, not divided by k.</returns>
    /// <exception cref="ArgumentException">The row counts or the ks differ.</exception>
    public static double MeanLength(NeighborLists a, NeighborLists b) => LengthSide(a).Score(LengthSide(b));

    internal static int Count(NeighborLists a, int item, ReadOnlySpan<int> neighborsB)
    {
        ReadOnlySpan<int> own = a.Of(item);
        int[] longest = new int[own.Length + 1];             // of own[..j] and the neighbours seen so far
        foreach (int neighbor in neighborsB)
        {
            int before = 0;
            for (int j = 1; j < longest.Length; j++)
            {
                int shorter = longest[j];
                longest[j] = own[j - 1] == neighbor ? before + 1 : Math.Max(longest[j], longest[j - 1]);
                before = shorter;
            }
        }

        return longest[^1];
    }

    /// <summary>Scores 0 to k.</summary>
    internal static KnnSide LengthSide(NeighborLists lists) => new(lists, Count, mean => mean);

    /// <summary>Scores 0 to 1.</summary>
    internal static KnnSide ShareSide(NeighborLists lists) => new(lists, Count, mean => mean / lists.K);
}
