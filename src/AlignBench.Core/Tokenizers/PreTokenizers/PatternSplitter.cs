namespace AlignBench.Tokenizers;

/// <summary>
/// tokenizer.json's Split: cuts a text at the matches of a pattern, or at what lies between them.
/// </summary>
/// <param name="pattern">Searched from left to right, without overlaps.</param>
/// <param name="behavior">What becomes of the matches.</param>
/// <param name="invert">What lies between the matches takes their part.</param>
internal sealed class PatternSplitter(IPattern pattern, SplitBehavior behavior, bool invert) : ISplitter
{
    /// <inheritdoc/>
    public void Split(ReadOnlySpan<byte> text, int start, int end, PieceList parts)
    {
        Cutter cutter = new(behavior, parts);
        int position = start;
        while (position < end && pattern.TryFind(text, position, end, out int matchStart, out int matchEnd))
        {
            cutter.Add(position, matchStart, isMatch: invert);
            cutter.Add(matchStart, matchEnd, isMatch: !invert);
            position = matchEnd;
        }

        cutter.Add(position, end, isMatch: invert);
        cutter.Finish();
    }

    // Holds one piece back, since the next stretch may belong to it.
    private ref struct Cutter(SplitBehavior behavior, PieceList parts)
    {
        private int _start;
        private int _end;
        private bool _isMatch;

        public void Add(int start, int end, bool isMatch)
        {
            if (start == end)
            {
                return;
            }

            bool joins = _end > _start && behavior switch
            {
                SplitBehavior.MergedWithPrevious => isMatch && !_isMatch,
                SplitBehavior.MergedWithNext => _isMatch && !isMatch,
                SplitBehavior.Contiguous => _isMatch == isMatch,
                _ => false,
            };
            if (joins)
            {
                _end = end;
                _isMatch = isMatch;
                return;
            }

            Finish();
            if (behavior != SplitBehavior.Removed || !isMatch)
            {
                (_start, _end, _isMatch) = (start, end, isMatch);
            }
        }

        public void Finish()
        {
            parts.Add(_start, _end);
            _end = _start;
        }
    }
}
