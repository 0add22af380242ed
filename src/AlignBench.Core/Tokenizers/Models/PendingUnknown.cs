namespace AlignBench.Tokenizers;

/// <summary>Adds symbols one by one; unknown ones wait, so that a run of them can become one.</summary>
internal ref struct PendingUnknown(int unknown, bool fuse)
{
    private int _length;      // bytes of the unknown symbol that waits; 0: none does

    /// <summary>A symbol of <paramref name="length"/> bytes; id -1 where it is unknown.</summary>
    public void Add(SymbolBuffer symbols, int id, int length)
    {
        if (id >= 0)
        {
            Flush(symbols);
            Append(symbols, id, length);
        }
        else if (unknown >= 0)
        {
            if (!fuse)
            {
                Flush(symbols);
            }

            _length += length;
        }
    }

    /// <summary>Adds the unknown symbol that waits, if one does.</summary>
    public void Flush(SymbolBuffer symbols)
    {
        if (_length > 0)
        {
            Append(symbols, unknown, _length);
            _length = 0;
        }
    }

    private static void Append(SymbolBuffer symbols, int id, int length)
    {
        int end = symbols.Count == 0 ? 0 : symbols.Ends[symbols.Count - 1];
        symbols.Add(id, end + length);
    }
}
