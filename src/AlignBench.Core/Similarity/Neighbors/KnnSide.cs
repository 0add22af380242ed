namespace AlignBench.Similarity.Neighbors;

/// <summary>What one item adds to a score of neighbour lists.</summary>
/// <param name="a">The first set's lists.</param>
/// <param name="item">The item.</param>
/// <param name="neighborsB">[k], its neighbours in the second set, nearest first.</param>
/// <returns>A whole number, so that sums are exact.</returns>
internal delegate int ItemCount(NeighborLists a, int item, ReadOnlySpan<int> neighborsB);

/// <summary>Neighbour lists under a metric that is a mean over items.</summary>
/// <param name="lists">The lists; equally near neighbours keep their order under a permuted pairing.</param>
/// <param name="count">What an item adds.</param>
/// <param name="ofMean">The score from the mean of that.</param>
internal sealed class KnnSide(NeighborLists lists, ItemCount count, Func<double, double> ofMean) : MetricSide
{
    private readonly NeighborLists _lists = lists;

    public override int Rows => _lists.Rows;

    public override double Chance => _lists.Chance;

    public override double Score(MetricSide other, ReadOnlySpan<int> pairing)
    {
        NeighborLists b = ListsOf(other);
        int[] partner = new int[Rows];                       // of each item of the other side
        for (int i = 0; i < partner.Length; i++)
        {
            partner[pairing[i]] = i;
        }

        int[] neighbors = new int[b.K];
        long sum = 0;
        for (int i = 0; i < Rows; i++)
        {
            ReadOnlySpan<int> own = b.Of(pairing[i]);
            for (int r = 0; r < neighbors.Length; r++)
            {
                neighbors[r] = partner[own[r]];
            }

            sum += count(_lists, i, neighbors);
        }

        return ofMean((double)sum / Rows);
    }

    /// <summary>The lists stay, the items whose parts are averaged are drawn again.</summary>
    public override double Resample(MetricSide other, ReadOnlySpan<int> rows)
    {
        NeighborLists b = ListsOf(other);
        long sum = 0;
        foreach (int row in rows)
        {
            sum += count(_lists, row, b.Of(row));
        }

        return ofMean((double)sum / rows.Length);
    }

    private NeighborLists ListsOf(MetricSide other)
    {
        NeighborLists b = Paired<KnnSide>(other)._lists;
        NeighborLists.ThrowIfNotPaired(_lists, b);
        return b;
    }
}
