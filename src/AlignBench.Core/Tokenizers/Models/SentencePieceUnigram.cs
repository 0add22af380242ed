namespace AlignBench.Tokenizers;

/// <summary>SentencePiece's unigram model, over the whole text.</summary>
internal sealed class SentencePieceUnigram : SentencePieceModel
{
    private const float UserDefinedMalus = 0.1f;

    private readonly UnigramLattice _lattice;

    /// <exception cref="CheckpointException">The pieces can't be used.</exception>
    public SentencePieceUnigram(SentencePieceFile model, string file)
        : base(model, file)
    {
        float[] normal =
            [.. Pieces.Where(piece => piece.Kind == PieceKind.Normal).Select(piece => piece.Score)];
        float lowest = normal.Length == 0 ? 0 : normal.Min();
        float highest = normal.Length == 0 ? 0 : normal.Max();
        ByteTrie trie = new();
        double[] scores = new double[Size];
        for (int id = 0; id < Size; id++)
        {
            if (IsInTexts(Pieces[id]))
            {
                byte[] text = Utf8Runes.GetBytes(Pieces[id].Text);
                trie.Add(text, id);
                scores[id] = Pieces[id].Kind == PieceKind.UserDefined      // one that always wins
                    ? (text.Length * highest) - UserDefinedMalus
                    : Pieces[id].Score;
            }
        }

        _lattice = new UnigramLattice(
            trie, scores, UnknownId, lowest - UnigramLattice.UnknownPenalty, singlePrecision: true);
    }

    /// <inheritdoc/>
    protected override void TokenizeWord(ReadOnlySpan<byte> word, int offset, Workspace work)
    {
        SymbolBuffer path = work.Symbols;
        _lattice.FindPath(word, work.Paths, path);
        int first = work.Tokens.Count;
        int start = 0;
        for (int i = path.Count - 1; i >= 0; i--)
        {
            Emit(path.Ids[i], word, start, path.Ends[i], offset, first, work.Tokens);
            start = path.Ends[i];
        }
    }
}
