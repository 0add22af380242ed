using System.Numerics;
using System.Runtime.InteropServices;
using AlignBench.Interop;
using AlignBench.Interop.Lapack;

namespace AlignBench.Similarity.Neighbors;

/// <summary>
/// All products of a space's rows, block by block: each block is computed once and serves its rows and its columns,
/// and is looked through while it is in cache.
/// </summary>
internal sealed class BlockScan
{
    private const int Side = 512;

    private readonly SearchSpace _space;
    private readonly CandidateLists _candidates;
    private readonly int[]? _groups;
    private readonly Lock[] _locks;

    private BlockScan(SearchSpace space, CandidateLists candidates, int[]? groups)
    {
        _space = space;
        _candidates = candidates;
        _groups = groups;
        _locks = [.. Enumerable.Range(0, (space.Rows + Side - 1) / Side).Select(_ => new Lock())];
    }

    /// <summary>Offers every pair, other than a row with itself or its group, to both of its rows.</summary>
    public static void Run(
        SearchSpace space, CandidateLists candidates, int[]? groups, CancellationToken cancellation)
    {
        BlockScan scan = new(space, candidates, groups);
        int blocks = scan._locks.Length;
        (int Top, int Left)[] tiles =
        [
            .. Enumerable.Range(0, blocks)
                .SelectMany(top => Enumerable.Range(top, blocks - top).Select(left => (top, left))),
        ];
        Parallel.For(
            0,
            tiles.Length,
            new ParallelOptions { MaxDegreeOfParallelism = NativeRuntime.Threads, CancellationToken = cancellation },
            () => new float[Side * Side],
            (t, _, products) =>
            {
                scan.Tile(tiles[t].Top, tiles[t].Left, products);
                return products;
            },
            _ => { });
    }

    private void Tile(int top, int left, float[] products)
    {
        int width = _space.Width;
        int firstRow = top * Side;
        int firstColumn = left * Side;
        int rows = Math.Min(Side, _space.Rows - firstRow);
        int columns = Math.Min(Side, _space.Rows - firstColumn);
        Blas.MultiplyTransposed(
            rows, columns, width,
            _space.Left.AsSpan(firstRow * width, rows * width),
            _space.Right.AsSpan(firstColumn * width, columns * width),
            products);
        lock (_locks[top])                                   // always the upper block first: no deadlock
        {
            lock (_locks[left])
            {
                for (int i = 0; i < rows; i++)
                {
                    ScanRow(firstRow + i, firstColumn, products.AsSpan(i * columns, columns), both: top != left);
                }
            }
        }
    }

    /// <summary>Row i against columns from <paramref name="firstColumn"/> on, and these against row i.</summary>
    private void ScanRow(int row, int firstColumn, ReadOnlySpan<float> products, bool both)
    {
        float[] thresholds = _candidates.Thresholds;
        ReadOnlySpan<float> ofColumns = thresholds.AsSpan(firstColumn, products.Length);
        ReadOnlySpan<Vector<float>> wide = MemoryMarshal.Cast<float, Vector<float>>(products);
        ReadOnlySpan<Vector<float>> wideThresholds = MemoryMarshal.Cast<float, Vector<float>>(ofColumns);
        Vector<float> ofRow = new(thresholds[row]);
        for (int v = 0; v < wide.Length; v++)
        {
            Vector<float> lowest = both ? Vector.Min(ofRow, wideThresholds[v]) : ofRow;
            if (Vector.GreaterThanOrEqualAny(wide[v], lowest))
            {
                int start = v * Vector<float>.Count;
                Offer(row, firstColumn + start, products.Slice(start, Vector<float>.Count), both);
                ofRow = new Vector<float>(thresholds[row]);
            }
        }

        int rest = wide.Length * Vector<float>.Count;
        Offer(row, firstColumn + rest, products[rest..], both);
    }

    private void Offer(int row, int firstColumn, ReadOnlySpan<float> products, bool both)
    {
        float[] thresholds = _candidates.Thresholds;
        for (int j = 0; j < products.Length; j++)
        {
            int column = firstColumn + j;
            bool forRow = products[j] >= thresholds[row];
            bool forColumn = both && products[j] >= thresholds[column];
            if ((forRow || forColumn) && row != column && (_groups is null || _groups[row] != _groups[column]))
            {
                if (forRow)
                {
                    _candidates.Add(row, products[j], column);
                }

                if (forColumn)
                {
                    _candidates.Add(column, products[j], row);
                }
            }
        }
    }
}
