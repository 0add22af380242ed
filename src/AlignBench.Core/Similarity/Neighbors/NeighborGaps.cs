namespace AlignBench.Similarity.Neighbors;

/// <summary>How well decided the k-th neighbour is, over rows.</summary>
/// <param name="TiedRows">Rows whose k-th and (k+1)-th neighbour are equally near.</param>
/// <param name="SmallestGap">The smallest difference of the two elsewhere; NaN if all rows are tied.</param>
public readonly record struct NeighborGaps(int TiedRows, double SmallestGap)
{
    /// <param name="lists">With one neighbour more than the k in question.</param>
    public static NeighborGaps Of(NeighborLists lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentOutOfRangeException.ThrowIfLessThan(lists.K, 2);
        int tied = 0;
        double smallest = double.PositiveInfinity;
        for (int i = 0; i < lists.Rows; i++)
        {
            ReadOnlySpan<double> similarities = lists.SimilaritiesOf(i);
            double gap = similarities[^2] - similarities[^1];
            tied += gap == 0.0 ? 1 : 0;
            smallest = gap == 0.0 ? smallest : Math.Min(smallest, gap);
        }

        return new NeighborGaps(tied, double.IsInfinity(smallest) ? double.NaN : smallest);
    }
}
