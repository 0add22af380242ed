using System.Buffers;

namespace AlignBench.Interop.Kernels;

/// <summary>
/// The search for candidates among which the k nearest rows of each row are for certain. Every pair is multiplied once,
/// block by block, by <see cref="Scan"/>; memory beside the rows is a copy of them, laid out for the CPU, and
/// <see cref="Capacity"/> candidates a row. In this order, the calls of a step from as many threads as wanted:
/// <see cref="Pack"/> every block, <see cref="Seal"/>, <see cref="Scan"/> every pair of blocks, <see cref="Take"/>.
/// </summary>
public sealed class NeighborKernel : IDisposable
{
    private readonly MemoryHandle[] _pinned;
    private readonly KernelNative.NeighborHandle _handle;
    private readonly int _rows;

    /// <param name="neighbors">k, 1 or more.</param>
    /// <param name="width">d, 1 or more.</param>
    /// <param name="left">[n, d], finite; kept, not copied.</param>
    /// <param name="right">
    /// [n, d], kept, may be <paramref name="left"/>: row i of left times row j of right is how near i and j are, and
    /// the same if they are swapped.
    /// </param>
    /// <param name="slack">[n], kept: a float32 product of row i is at most so far from the true one.</param>
    /// <param name="groups">[n], kept, or empty: rows of one group are no pair.</param>
    /// <param name="precision">
    /// Of the products; a bfloat16 one has a proven bound, and what it lets through is computed again in float32.
    /// </param>
    /// <exception cref="ArgumentException">The sizes don't fit.</exception>
    /// <exception cref="KernelException">No memory, or this CPU has no bfloat16 products.</exception>
    public unsafe NeighborKernel(
        int neighbors,
        int width,
        ReadOnlyMemory<float> left,
        ReadOnlyMemory<float> right,
        ReadOnlyMemory<double> slack,
        ReadOnlyMemory<int> groups,
        KernelPrecision precision)
    {
        _rows = slack.Length;
        long values = (long)_rows * width;
        if (left.Length != values || right.Length != values || (!groups.IsEmpty && groups.Length != _rows))
        {
            throw new ArgumentException($"expected {_rows} rows of {width} values, and none or as many groups");
        }

        _pinned = [left.Pin(), right.Pin(), slack.Pin(), groups.Pin()];
        KernelNative.NeighborSpec spec = new()
        {
            Rows = _rows,
            Width = width,
            Neighbors = neighbors,
            Left = (float*)_pinned[0].Pointer,
            Right = (float*)_pinned[1].Pointer,
            Slack = (double*)_pinned[2].Pointer,
            Groups = groups.IsEmpty ? null : (int*)_pinned[3].Pointer,
            Precision = precision,
        };
        int status = KernelNative.NeighborsCreate(spec, out _handle, out long blocks, out long capacity);
        if (status != 0)
        {
            Unpin();
        }

        KernelNative.Check(status);
        Blocks = (int)blocks;
        Capacity = (int)capacity;
    }

    /// <summary>Blocks of rows.</summary>
    public int Blocks { get; }

    /// <summary>Candidates of a row, at most.</summary>
    public int Capacity { get; }

    /// <summary>Lays out a block's rows.</summary>
    public void Pack(int block) => KernelNative.Check(KernelNative.NeighborsPack(_handle, block));

    /// <summary>All blocks are packed.</summary>
    public void Seal() => KernelNative.Check(KernelNative.NeighborsSeal(_handle));

    /// <summary>Multiplies every pair of a row of block <paramref name="top"/> and a later one of <paramref name="left"/>.</summary>
    /// <returns>How many products were computed again in float32 so far, by all threads.</returns>
    /// <exception cref="KernelException"><paramref name="top"/> is greater than <paramref name="left"/>.</exception>
    public long Scan(int top, int left)
    {
        KernelNative.Check(KernelNative.NeighborsScan(_handle, top, left, out long refined));
        return refined;
    }

    /// <summary>A row's candidates, in no order.</summary>
    /// <param name="row">Of n.</param>
    /// <param name="candidates">[<see cref="Capacity"/>], of which the first are overwritten.</param>
    /// <returns>How many; null if the row has too many near ties to keep and is to be searched on its own.</returns>
    /// <exception cref="ArgumentException">The span is too short.</exception>
    public int? Take(int row, Span<int> candidates)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, _rows);
        if (candidates.Length < Capacity)
        {
            throw new ArgumentException($"expected room for {Capacity}, got {candidates.Length}", nameof(candidates));
        }

        KernelNative.Check(KernelNative.NeighborsTake(_handle, row, candidates, out long count));
        return count < 0 ? null : (int)count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _handle.Dispose();
        Unpin();
    }

    private void Unpin()
    {
        foreach (MemoryHandle memory in _pinned)
        {
            memory.Dispose();
        }
    }
}
