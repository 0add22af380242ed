namespace AlignBench.Tokenizers;

/// <summary>
/// Unigram as tokenizer.json has it (Hugging Face tokenizers, models/unigram): float64, runs of unknown
/// fused.
/// </summary>
internal sealed class UnigramModel : WordModel
{
    private readonly Dictionary<string, int> _ids = [];
    private readonly string[] _texts;
    private readonly int _unknownId;
    private readonly int[]? _byteIds;
    private readonly UnigramLattice _lattice;

    /// <param name="vocabulary">Pieces and scores, by id.</param>
    /// <param name="unknownId">The unknown piece.</param>
    /// <param name="byteFallback">A run of unknown becomes its bytes, if all are in the vocabulary.</param>
    public UnigramModel(
        IReadOnlyList<(string Text, double Score)> vocabulary, int unknownId, bool byteFallback)
    {
        _texts = [.. vocabulary.Select(piece => piece.Text)];
        _unknownId = unknownId;
        ByteTrie trie = new();
        for (int id = 0; id < _texts.Length; id++)
        {
            _ids[_texts[id]] = id;
            trie.Add(Utf8Runes.GetBytes(_texts[id]), id);
        }

        double[] scores = [.. vocabulary.Select(piece => piece.Score)];
        _byteIds = byteFallback
            ? [.. Enumerable.Range(0, 256).Select(b => _ids.GetValueOrDefault($"<0x{b:X2}>", -1))]
            : null;
        _lattice = new UnigramLattice(
            trie, scores, unknownId, scores.Min() - UnigramLattice.UnknownPenalty, singlePrecision: false);
    }

    /// <inheritdoc/>
    public override int Size => _texts.Length;

    /// <inheritdoc/>
    public override int? Find(string token) => _ids.TryGetValue(token, out int id) ? id : null;

    /// <inheritdoc/>
    public override string TextOf(int id, ReadOnlySpan<byte> source) =>
        id == _unknownId ? System.Text.Encoding.UTF8.GetString(source) : _texts[id];

    /// <inheritdoc/>
    protected override void TokenizeWord(ReadOnlySpan<byte> word, int offset, Workspace work)
    {
        SymbolBuffer path = work.Symbols;
        _lattice.FindPath(word, work.Paths, path);
        int start = 0;
        for (int i = path.Count - 1; i >= 0; i--)
        {
            bool goesOn = path.Ids[i] == _unknownId && i > 0 && path.Ids[i - 1] == _unknownId;
            if (!goesOn)
            {
                int end = path.Ends[i];
                if (path.Ids[i] == _unknownId)
                {
                    AddUnknown(word[start..end], offset + start, work.Tokens);
                }
                else
                {
                    work.Tokens.Add(path.Ids[i], offset + start, offset + end);
                }

                start = end;
            }
        }
    }

    private void AddUnknown(ReadOnlySpan<byte> run, int start, TokenSink sink)
    {
        bool isPiece = _ids.ContainsKey(System.Text.Encoding.UTF8.GetString(run));      // "<unk>" itself
        if (isPiece || _byteIds is null || HasUnknownByte(run))
        {
            sink.Add(_unknownId, start, start + run.Length);
            return;
        }

        foreach (byte b in run)
        {
            sink.Add(_byteIds[b], start, start + run.Length);
        }
    }

    private bool HasUnknownByte(ReadOnlySpan<byte> run)
    {
        foreach (byte b in run)
        {
            if (_byteIds![b] < 0)
            {
                return true;
            }
        }

        return false;
    }
}
