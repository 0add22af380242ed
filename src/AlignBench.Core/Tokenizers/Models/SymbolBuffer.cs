namespace AlignBench.Tokenizers;

/// <summary>
/// The symbols of one word, while they are merged. A symbol ends where the next one starts.
/// </summary>
internal sealed class SymbolBuffer
{
    private int[] _ids = new int[64];
    private int[] _ends = new int[64];
    private ulong[] _pairs = new ulong[64];

    /// <summary>Symbols there are.</summary>
    public int Count { get; set; }

    /// <summary>Reserved symbols.</summary>
    public int Capacity => _ids.Length;

    /// <summary>Symbol numbers; a negative one never merges.</summary>
    public Span<int> Ids => _ids;

    /// <summary>Exclusive ends in bytes of the word.</summary>
    public Span<int> Ends => _ends;

    /// <summary>
    /// What merging each symbol with its right neighbour gives (<see cref="MergeTable.Find"/>).
    /// </summary>
    public Span<ulong> Pairs => _pairs;

    /// <summary>One more symbol.</summary>
    public void Add(int id, int end)
    {
        if (Count == _ids.Length)
        {
            int size = (int)Math.Min(Array.MaxLength, 2L * Count);
            Array.Resize(ref _ids, size);
            Array.Resize(ref _ends, size);
            Array.Resize(ref _pairs, size);
        }

        _ids[Count] = id;
        _ends[Count] = end;
        Count++;
    }
}
