using AlignBench.Features;
using AlignBench.Interop.Kernels;

namespace AlignBench.Similarity.Neighbors;

/// <summary>
/// Exact k nearest neighbours: the answer is that of float64, whatever float32 was used on the way, and does not
/// depend on engine, blocks or threads. Beside the rows, memory is one or two float32 copies and about 64 to 96
/// candidates a row.
/// </summary>
public static class NearestNeighbors
{
    /// <summary>The k nearest of each row among the others.</summary>
    /// <param name="x">[n, d], finite.</param>
    /// <param name="k">1 or more, at most the candidates of the row that has fewest.</param>
    /// <param name="kind">What makes rows near.</param>
    /// <param name="groups">[n] or null: rows of one group are no neighbours of each other.</param>
    /// <param name="engine">What multiplies; without a native library it is BLAS.</param>
    /// <param name="cancellation">Looked at between blocks.</param>
    /// <exception cref="ArgumentException">A value is not finite, a row has fewer than k candidates.</exception>
    public static NeighborLists Find(
        FeatureMatrix x,
        int k,
        SimilarityKind kind = SimilarityKind.Cosine,
        int[]? groups = null,
        NeighborEngine engine = NeighborEngine.Fastest,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        double chance = Chance(x.Rows, k, groups);
        SearchSpace space = SearchSpace.Of(x, kind);
        NeighborDecision decision = new(space, k, groups, chance, cancellation);
        if (engine == NeighborEngine.Blas || !CpuKernels.IsAvailable)
        {
            CandidateLists lists = new(space, k);
            BlockScan.Run(space, lists, groups, cancellation);
            return decision.Among(lists.Capacity, lists.Take);
        }

        using NeighborKernel kernel = KernelScan.Run(space, k, groups, Precision(engine, kind), cancellation);
        return decision.Among(kernel.Capacity, kernel.Take);
    }

    private static KernelPrecision Precision(NeighborEngine engine, SimilarityKind kind) =>
        engine != NeighborEngine.Fp32Kernel && kind != SimilarityKind.Euclidean && CpuKernels.HasBFloat16
            ? KernelPrecision.Bf16
            : KernelPrecision.Fp32;

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
}
