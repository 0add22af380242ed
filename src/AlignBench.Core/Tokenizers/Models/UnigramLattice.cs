namespace AlignBench.Tokenizers;

/// <summary>
/// The best path of unigram pieces through a text (Kudo 2018, arXiv:1804.10959; sentencepiece 0.2,
/// unigram_model.cc, EncodeOptimized): the greatest sum of scores; of equal ones the first met, from left to
/// right.
/// </summary>
internal sealed class UnigramLattice
{
    /// <summary>How far the unknown is below the lowest score.</summary>
    public const float UnknownPenalty = 10;

    private readonly ByteTrie _trie;
    private readonly double[] _scores;
    private readonly int _unknownId;
    private readonly double _unknownScore;
    private readonly bool _singlePrecision;

    /// <param name="trie">Pieces to ids.</param>
    /// <param name="scores">By id.</param>
    /// <param name="unknownId">The id of a code point that is no piece.</param>
    /// <param name="unknownScore">Its score.</param>
    /// <param name="singlePrecision">
    /// Sums in float32, as sentencepiece has them, else in float64, as tokenizer.json's model has them: a
    /// long text can come out differently.
    /// </param>
    public UnigramLattice(
        ByteTrie trie, double[] scores, int unknownId, double unknownScore, bool singlePrecision)
    {
        _trie = trie;
        _scores = scores;
        _unknownId = unknownId;
        _unknownScore = unknownScore;
        _singlePrecision = singlePrecision;
    }

    /// <summary>Puts the pieces of the best path into <paramref name="path"/>, the last one first.</summary>
    public void FindPath(ReadOnlySpan<byte> text, PathBuffer paths, SymbolBuffer path)
    {
        paths.Reset(text.Length);
        for (int start = 0, length; start < text.Length; start += length)
        {
            length = Utf8Runes.LengthFrom(text[start]);
            if (!ExtendByPieces(text, start, length, paths))
            {
                paths.Offer(start, start + length, _unknownId, Sum(_unknownScore, paths.Scores[start]));
            }
        }

        path.Count = 0;
        for (int end = text.Length; end > 0; end = paths.Starts[end])
        {
            path.Add(paths.Ids[end], end);
        }
    }

    // True if a piece covers just the code point at start.
    private bool ExtendByPieces(ReadOnlySpan<byte> text, int start, int single, PathBuffer paths)
    {
        bool hasSingle = false;
        int node = 0;
        for (int end = start + 1; end <= text.Length; end++)
        {
            node = _trie.Step(node, text[end - 1]);
            if (node < 0)
            {
                break;
            }

            int id = _trie.ValueOf(node);
            if (id >= 0)
            {
                paths.Offer(start, end, id, Sum(_scores[id], paths.Scores[start]));
                hasSingle |= end - start == single;
            }
        }

        return hasSingle;
    }

    private double Sum(double score, double before) =>
        _singlePrecision ? (float)score + (float)before : score + before;
}
