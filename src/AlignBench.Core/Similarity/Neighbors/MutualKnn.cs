namespace AlignBench.Similarity.Neighbors;

/// <summary>
/// Mutual k-nearest-neighbour alignment (Huh et al. 2024, "The Platonic Representation Hypothesis",
/// arXiv:2405.07987, section 2): the share of neighbours that two spaces agree on.
/// </summary>
public static class MutualKnn
{
    /// <summary>Mean over items of |A_i ∩ B_i| / k.</summary>
    /// <returns>0 (no shared neighbour) to 1; <see cref="NeighborLists.Chance"/> for unrelated spaces.</returns>
    /// <exception cref="ArgumentException">The row counts or the ks differ.</exception>
    public static double Score(NeighborLists a, NeighborLists b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return (double)Shared(a, b) / ((long)a.Rows * a.K);
    }

    /// <summary>Σ |A_i ∩ B_i|.</summary>
    /// <exception cref="ArgumentException">The row counts or the ks differ.</exception>
    public static long Shared(NeighborLists a, NeighborLists b)
    {
        NeighborLists.ThrowIfNotPaired(a, b);
        long shared = 0;
        for (int i = 0; i < a.Rows; i++)
        {
            shared += Count(a, i, b.Of(i));
        }

        return shared;
    }

    /// <summary>[n], for each item how many of its first k neighbours both lists have.</summary>
    /// <exception cref="ArgumentException">The row counts differ.</exception>
    public static int[] SharedByItem(NeighborLists a, NeighborLists b, int k)
    {
        NeighborLists first = a?.First(k) ?? throw new ArgumentNullException(nameof(a));
        NeighborLists second = b?.First(k) ?? throw new ArgumentNullException(nameof(b));
        NeighborLists.ThrowIfNotPaired(first, second);
        return [.. Enumerable.Range(0, first.Rows).Select(i => Count(first, i, second.Of(i)))];
    }

    internal static int Count(NeighborLists a, int item, ReadOnlySpan<int> neighborsB)
    {
        ReadOnlySpan<int> own = a.Of(item);
        int shared = 0;
        foreach (int neighbor in neighborsB)
        {
            shared += own.Contains(neighbor) ? 1 : 0;
        }

        return shared;
    }

    internal static KnnSide Side(NeighborLists lists) => new(lists, Count, mean => mean / lists.K);
}
