namespace AlignBench.Tokenizers;

/// <summary>Stretches [start, end) of a text, in bytes; empty ones are not kept.</summary>
internal sealed class PieceList
{
    private (int Start, int End)[] _pieces = new (int, int)[64];

    /// <summary>Pieces so far.</summary>
    public int Count { get; private set; }

    /// <summary>Piece <paramref name="index"/>.</summary>
    public (int Start, int End) this[int index] => _pieces[index];

    /// <summary>Empties the list.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds [start, end) unless it is empty.</summary>
    public void Add(int start, int end)
    {
        if (start >= end)
        {
            return;
        }

        if (Count == _pieces.Length)
        {
            Array.Resize(ref _pieces, 2 * Count);
        }

        _pieces[Count++] = (start, end);
    }
}
