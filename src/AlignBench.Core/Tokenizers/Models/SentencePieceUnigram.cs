namespace AlignBench.Tokenizers;

/// <summary>
/// SentencePiece's unigram model (Kudo 2018, arXiv:1804.10959; sentencepiece 0.2, src/unigram_model.cc,
/// EncodeOptimized): the path of pieces with the greatest sum of scores; of equal ones the first met. Sums are kept in
/// float32, as there: with float64 a long text can come out otherwise.
/// </summary>
internal sealed class SentencePieceUnigram : SentencePieceModel
{
    private const float UnknownPenalty = 10;
    private const float UserDefinedMalus = 0.1f;

    private readonly ByteTrie _trie = new();
    private readonly float _unknownScore;
    private readonly float _maxScore;

    /// <exception cref="CheckpointException">The pieces can't be used.</exception>
    public SentencePieceUnigram(SentencePieceFile model, string file)
        : base(model, file)
    {
        float[] scores = [.. Pieces.Where(piece => piece.Kind == PieceKind.Normal).Select(piece => piece.Score)];
        _unknownScore = (scores.Length == 0 ? 0 : scores.Min()) - UnknownPenalty;
        _maxScore = scores.Length == 0 ? 0 : scores.Max();
        for (int id = 0; id < Size; id++)
        {
            if (IsInTexts(Pieces[id]))
            {
                _trie.Add(Utf8Runes.GetBytes(Pieces[id].Text), id);
            }
        }
    }

    /// <inheritdoc/>
    public override void Tokenize(ReadOnlySpan<byte> piece, int offset, Workspace work) =>
        TokenizeWord(piece, offset, work);

    /// <inheritdoc/>
    protected override void TokenizeWord(ReadOnlySpan<byte> word, int offset, Workspace work)
    {
        PathBuffer paths = work.Paths;
        paths.Reset(word.Length);
        for (int start = 0, length; start < word.Length; start += length)
        {
            length = Utf8Runes.LengthFrom(word[start]);
            bool hasSingle = ExtendByPieces(word, start, length, paths);
            if (!hasSingle)
            {
                paths.Offer(start, start + length, UnknownId, Sum(_unknownScore, paths.Scores[start]));
            }
        }

        EmitBestPath(word, offset, work);
    }

    private bool ExtendByPieces(ReadOnlySpan<byte> word, int start, int single, PathBuffer paths)
    {
        bool hasSingle = false;
        int node = 0;
        for (int end = start + 1; end <= word.Length; end++)
        {
            node = _trie.Step(node, word[end - 1]);
            if (node < 0)
            {
                break;
            }

            int id = _trie.ValueOf(node);
            if (id >= 0)
            {
                paths.Offer(start, end, id, Sum(ScoreOf(id, end - start), paths.Scores[start]));
                hasSingle |= end - start == single;
            }
        }

        return hasSingle;
    }

    private static double Sum(float score, double before) => (float)(score + (float)before);

    // A user-defined piece gets a score that wins always.
    private float ScoreOf(int id, int length) => Pieces[id].Kind == PieceKind.UserDefined
        ? (length * _maxScore) - UserDefinedMalus
        : Pieces[id].Score;

    private void EmitBestPath(ReadOnlySpan<byte> word, int offset, Workspace work)
    {
        PathBuffer paths = work.Paths;
        SymbolBuffer path = work.Symbols;
        path.Count = 0;
        for (int end = word.Length; end > 0; end = paths.Starts[end])
        {
            path.Add(paths.Ids[end], end);
        }

        int first = work.Tokens.Count;
        int start = 0;
        for (int i = path.Count - 1; i >= 0; i--)
        {
            Emit(path.Ids[i], word, start, path.Ends[i], offset, first, work.Tokens);
            start = path.Ends[i];
        }
    }
}
