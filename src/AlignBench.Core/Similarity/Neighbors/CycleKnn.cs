namespace AlignBench.Similarity.Neighbors;

/// <summary>
/// Cycle-kNN (minyoungg/platonic-rep, metrics.py, <c>cycle_knn</c>): whether the way to a neighbour in the second
/// space and on to one in the first leads back. Not symmetric; below 1 for equal spaces; near 1 for unrelated ones
/// once k² nears n.
/// </summary>
public static class CycleKnn
{
    /// <summary>Share of items i that are among the A-neighbours of one of i's B-neighbours.</summary>
    /// <exception cref="ArgumentException">The row counts or the ks differ.</exception>
    public static double Score(NeighborLists a, NeighborLists b) => Side(a).Score(Side(b));

    internal static int Count(NeighborLists a, int item, ReadOnlySpan<int> neighborsB)
    {
        foreach (int neighbor in neighborsB)
        {
            if (a.Of(neighbor).Contains(item))
            {
                return 1;
            }
        }

        return 0;
    }

    internal static KnnSide Side(NeighborLists lists) => new(lists, Count, mean => mean);
}
