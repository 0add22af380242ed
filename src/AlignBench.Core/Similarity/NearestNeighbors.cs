using AlignBench.Experiments.Tables;
using AlignBench.Features;
using AlignBench.Interop;

namespace AlignBench.Similarity;

/// <summary>
/// Exact k nearest neighbours: the answer is that of float64, whatever float32 was used on the way, and does not
/// depend on blocks or threads. Beside the rows and their float32 copy, memory is about 64 candidates a row.
/// </summary>
public static class NearestNeighbors
{
    /// <summary>The k nearest of each row among the others.</summary>
    /// <param name="x">[n, d], finite.</param>
    /// <param name="k">1 or more, at most the candidates of the row that has fewest.</param>
    /// <param name="kind">What makes rows near.</param>
    /// <param name="groups">[n] or null: rows of one group are no neighbours of each other.</param>
    /// <param name="cancellation">Looked at between blocks.</param>
    /// <exception cref="ArgumentException">A value is not finite, a row has fewer than k candidates.</exception>
    public static NeighborLists Find(
        FeatureMatrix x,
        int k,
        SimilarityKind kind = SimilarityKind.Cosine,
        int[]? groups = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        double chance = Chance(x.Rows, k, groups);
        SearchSpace space = SearchSpace.Of(x, kind);
        CandidateLists candidates = new(space, k);
        BlockScan.Run(space, candidates, groups, cancellation);
        int[] indices = new int[checked(x.Rows * k)];
        double[] similarities = new double[indices.Length];
        Parallel.For(
            0,
            x.Rows,
            new ParallelOptions { MaxDegreeOfParallelism = NativeRuntime.Threads, CancellationToken = cancellation },
            i =>
            {
                ReadOnlySpan<int> near = candidates.IsCrowded(i) ? Others(i, x.Rows, groups) : candidates.Of(i);
                Rank(space, i, near, indices.AsSpan(i * k, k), similarities.AsSpan(i * k, k));
            });
        return new NeighborLists(x.Rows, k, indices, similarities, chance);
    }

    private static double Chance(int rows, int k, int[]? groups)
    {
        if (groups is null)
        {
            return k < rows
                ? (double)k / (rows - 1)
                : throw new ArgumentException($"expected more than {k} rows for {k} neighbours, got {rows}");
        }

        if (groups.Length != rows)
        {
            throw new ArgumentException($"expected a group for each of {rows} rows, got {groups.Length}", nameof(groups));
        }

        int[] sizes = [.. groups.GroupBy(group => group).Select(group => group.Count())];
        int fewest = rows - sizes.Max();
        return fewest >= k
            ? sizes.GroupBy(size => size).Sum(equal => (double)equal.Key * equal.Count() * k / (rows - equal.Key)) / rows
            : throw new ArgumentException($"expected at least {k} rows outside each group, got {fewest}", nameof(groups));
    }

    private static int[] Others(int row, int rows, int[]? groups) =>
        [.. Enumerable.Range(0, rows).Where(j => j != row && (groups is null || groups[j] != groups[row]))];

    private static void Rank(
        SearchSpace space, int row, ReadOnlySpan<int> near, Span<int> indices, Span<double> similarities)
    {
        (double Distance, int Index)[] ranked = new (double, int)[near.Length];
        for (int i = 0; i < near.Length; i++)
        {
            ranked[i] = (-space.Exact(row, near[i]), near[i]);
        }

        Array.Sort(ranked);                                  // nearest first, then the lower index
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = ranked[i].Index;
            similarities[i] = -ranked[i].Distance;
        }
    }
}
