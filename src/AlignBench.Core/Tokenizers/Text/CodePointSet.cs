namespace AlignBench.Tokenizers;

/// <summary>A set of code points, as sorted ranges.</summary>
internal sealed class CodePointSet
{
    private readonly bool[] _ascii = new bool[128];
    private readonly int[] _starts;
    private readonly int[] _ends;

    /// <param name="ranges">Inclusive, ascending, not overlapping.</param>
    public CodePointSet(IReadOnlyList<(int First, int Last)> ranges)
    {
        _starts = [.. ranges.Select(range => range.First)];
        _ends = [.. ranges.Select(range => range.Last)];
        foreach ((int first, int last) in ranges)
        {
            for (int i = first; i <= Math.Min(last, 127); i++)
            {
                _ascii[i] = true;
            }
        }
    }

    /// <summary>True if the code point is in the set.</summary>
    public bool Contains(int codePoint)
    {
        if (codePoint < 128)
        {
            return _ascii[codePoint];
        }

        int index = Array.BinarySearch(_starts, codePoint);
        return index >= 0 || (~index > 0 && codePoint <= _ends[~index - 1]);
    }
}
