using AlignBench.Interop;
using AlignBench.Interop.Kernels;

namespace AlignBench.Similarity.Neighbors;

/// <summary>All products of a space's rows by the native kernel, each pair of blocks one work item.</summary>
internal static class KernelScan
{
    /// <summary>Offers every pair, other than a row with itself or its group, to both of its rows.</summary>
    /// <param name="space">Rows.</param>
    /// <param name="k">Neighbours.</param>
    /// <param name="groups">[n] or null.</param>
    /// <param name="precision">Given up for float32 where too many pairs would have to be multiplied again.</param>
    /// <param name="cancellation">Looked at between pairs of blocks.</param>
    public static NeighborKernel Run(
        SearchSpace space, int k, int[]? groups, KernelPrecision precision, CancellationToken cancellation)
    {
        NeighborKernel kernel = new(k, space.Width, space.Left, space.Right, space.Slack, groups, precision);
        bool finished = false;
        try
        {
            finished = Scan(kernel, Budget(space.Rows), cancellation);
        }
        finally
        {
            if (!finished)
            {
                kernel.Dispose();
            }
        }

        return finished ? kernel : Run(space, k, groups, KernelPrecision.Fp32, cancellation);
    }

    // Beyond a share of all pairs the products that are computed again cost more than bfloat16 saves.
    private static long Budget(long rows) => rows * Math.Max(256, rows / 32);

    private static bool Scan(NeighborKernel kernel, long budget, CancellationToken cancellation)
    {
        ParallelOptions options = new() { MaxDegreeOfParallelism = NativeRuntime.Threads, CancellationToken = cancellation };
        Parallel.For(0, kernel.Blocks, options, kernel.Pack);
        kernel.Seal();
        long pairs = (long)kernel.Blocks * (kernel.Blocks + 1) / 2;
        return Parallel.For(0L, pairs, options, (pair, loop) =>
        {
            (int top, int left) = BlocksOf(pair);
            if (kernel.Scan(top, left) > budget)
            {
                loop.Stop();
            }
        }).IsCompleted;
    }

    // Pairs by ascending left, then top: 0 is (0, 0), 1 is (0, 1), 2 is (1, 1), 3 is (0, 2).
    private static (int Top, int Left) BlocksOf(long pair)
    {
        long left = (long)((Math.Sqrt((8.0 * pair) + 1.0) - 1.0) / 2.0);
        left -= left * (left + 1) / 2 > pair ? 1 : 0;        // the root may round up, or down
        left += (left + 1) * (left + 2) / 2 <= pair ? 1 : 0;
        return ((int)(pair - (left * (left + 1) / 2)), (int)left);
    }
}
