namespace AlignBench.Tokenizers;

/// <summary>
/// Where a model puts its tokens: ids and, for an <see cref="Encoding"/>, the bytes that each covers.
/// </summary>
internal sealed class TokenSink
{
    private int[] _ids = new int[64];
    private int[] _starts = new int[64];
    private int[] _ends = new int[64];

    /// <summary>Whether spans are wanted; without them a model may use its cache of words.</summary>
    public bool WithSpans { get; private set; }

    /// <summary>Tokens so far.</summary>
    public int Count { get; private set; }

    /// <summary>The ids so far.</summary>
    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    /// <summary>Span of a token; in bytes of the model's text until <see cref="SetSpan"/>.</summary>
    public (int Start, int End) SpanOf(int index) => (_starts[index], _ends[index]);

    /// <summary>Replaces the span of a token.</summary>
    public void SetSpan(int index, int start, int end) => (_starts[index], _ends[index]) = (start, end);

    /// <summary>Empties the sink.</summary>
    public void Clear(bool withSpans)
    {
        Count = 0;
        WithSpans = withSpans;
    }

    /// <summary>One more token.</summary>
    public void Add(int id, int start, int end)
    {
        if (Count == _ids.Length)
        {
            Grow(Count + 1);
        }

        _ids[Count] = id;
        _starts[Count] = start;
        _ends[Count] = end;
        Count++;
    }

    /// <summary>More tokens, without spans.</summary>
    public void AddIds(ReadOnlySpan<int> ids)
    {
        if (Count + ids.Length > _ids.Length)
        {
            Grow(Count + ids.Length);
        }

        ids.CopyTo(_ids.AsSpan(Count));
        Count += ids.Length;
    }

    /// <summary>Moves the end of the last token.</summary>
    public void ExtendLast(int end) => _ends[Count - 1] = end;

    private void Grow(int count)
    {
        int size = (int)Math.Min(Array.MaxLength, Math.Max(count, 2L * _ids.Length));
        Array.Resize(ref _ids, size);
        Array.Resize(ref _starts, size);
        Array.Resize(ref _ends, size);
    }
}
