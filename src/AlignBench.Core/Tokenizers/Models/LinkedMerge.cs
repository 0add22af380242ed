namespace AlignBench.Tokenizers;

/// <summary>
/// The merging of a long word in O(n log n): symbols are a linked list, candidates a heap of (rank,
/// position). A candidate is stale once its left symbol is gone or its pair has another rank, and is then
/// passed over.
/// </summary>
internal sealed class LinkedMerge(SymbolBuffer symbols, MergeTable merges)
{
    private const int Gone = -2;

    private readonly int[] _next = new int[symbols.Count];
    private readonly int[] _previous = new int[symbols.Count];
    private readonly MinHeap _candidates = new(symbols.Count);

    /// <summary>Merges the symbols in place; their pairs must be up to date.</summary>
    public void Run()
    {
        for (int i = 0; i < symbols.Count; i++)
        {
            _previous[i] = i - 1;
            _next[i] = i + 1 < symbols.Count ? i + 1 : -1;
            if (_next[i] >= 0 && symbols.Pairs[i] != MergeTable.None)
            {
                _candidates.AddUnordered(Candidate(i));
            }
        }

        _candidates.Order();
        while (_candidates.Count > 0)
        {
            ulong candidate = _candidates.Pop();
            int left = (int)candidate;
            bool stands = _next[left] >= 0 && (symbols.Pairs[left] >> 32) == (candidate >> 32);
            if (stands)
            {
                MergeAt(left);
            }
        }

        Compact();
    }

    private ulong Candidate(int position) =>
        (symbols.Pairs[position] & 0xFFFFFFFF00000000) | (uint)position;

    private void MergeAt(int left)
    {
        int right = _next[left];
        int after = _next[right];
        symbols.Ids[left] = (int)symbols.Pairs[left];
        symbols.Ends[left] = symbols.Ends[right];
        _next[left] = after;
        _next[right] = Gone;
        if (after >= 0)
        {
            _previous[after] = left;
            Offer(left, after);
        }

        if (_previous[left] >= 0)
        {
            Offer(_previous[left], left);
        }
    }

    private void Offer(int left, int right)
    {
        symbols.Pairs[left] = merges.Find(symbols.Ids[left], symbols.Ids[right]);
        if (symbols.Pairs[left] != MergeTable.None)
        {
            _candidates.Push(Candidate(left));
        }
    }

    private void Compact()
    {
        int count = 0;
        for (int i = 0; i >= 0; i = _next[i])
        {
            symbols.Ids[count] = symbols.Ids[i];
            symbols.Ends[count] = symbols.Ends[i];
            count++;
        }

        symbols.Count = count;
    }
}
