namespace AlignBench.Tokenizers;

/// <summary>
/// BPE as tokenizer.json has it (Hugging Face tokenizers, models/bpe): a word's code points or bytes are
/// looked up one by one, then merged by the list of merges.
/// </summary>
internal sealed class BpeModel : WordModel
{
    private readonly Vocabulary _vocabulary;
    private readonly MergeTable _merges;
    private readonly BpeOptions _options;
    private readonly FirstSymbols _symbols;
    private readonly int[]? _byteTokens;        // ids of <0x00> to <0xFF>, -1 where missing
    private readonly int _unknown;              // -1: there is none
    private readonly bool _cutsAtBlanks;

    /// <param name="vocabulary">Tokens.</param>
    /// <param name="merges">Pairs, the first merges first.</param>
    /// <param name="options">The rest.</param>
    /// <param name="source">File and place, for messages.</param>
    /// <exception cref="CheckpointException">
    /// A merge or the unknown token isn't in the vocabulary.
    /// </exception>
    public BpeModel(Vocabulary vocabulary, IReadOnlyList<(string Left, string Right)> merges,
        BpeOptions options, string source)
    {
        _vocabulary = vocabulary;
        _options = options;
        _symbols = new FirstSymbols(vocabulary, options);
        _unknown = options.UnknownToken is null ? -1 : vocabulary.Find(options.UnknownToken)
            ?? throw new CheckpointException(
                $"{source}: unk_token '{options.UnknownToken}' is not in the vocabulary.");
        _merges = Resolve(vocabulary, merges, options, source);
        _byteTokens = options.ByteFallback
            ? [.. Enumerable.Range(0, 256).Select(b => vocabulary.Find($"<0x{b:X2}>") ?? -1)]
            : null;
        _cutsAtBlanks = !options.ByteLevel && !options.IgnoreMerges && options.EndOfWordSuffix.Length == 0
            && options.ContinuingPrefix.Length == 0 && vocabulary.Find("\u2581") is not null
            && !merges.Any(merge => BlankBoundary.IsCrossedBy(merge.Left + merge.Right));
    }

    /// <inheritdoc/>
    public override int Size => _vocabulary.Size;

    /// <inheritdoc/>
    public override string TextOf(int id, ReadOnlySpan<byte> source) => _vocabulary.TextOf(id);

    /// <inheritdoc/>
    public override int? Find(string token) => _vocabulary.Find(token);

    /// <inheritdoc/>
    public override void Tokenize(ReadOnlySpan<byte> piece, int offset, Workspace work)
    {
        if (!_cutsAtBlanks)
        {
            TokenizeCached(piece, offset, work);
            return;
        }

        for (int start = 0, end; start < piece.Length; start = end)
        {
            end = BlankBoundary.EndOfPart(piece, start);
            TokenizeCached(piece[start..end], offset + start, work);
        }
    }

    /// <inheritdoc/>
    protected override void TokenizeWord(ReadOnlySpan<byte> word, int offset, Workspace work)
    {
        if (_options.IgnoreMerges && WholeWord(word) is { } whole)
        {
            work.Tokens.Add(whole, offset, offset + word.Length);
            return;
        }

        SymbolBuffer symbols = work.Symbols;
        symbols.Count = 0;
        if (_options.ByteLevel)
        {
            AddBytes(word, symbols);
        }
        else
        {
            AddRunes(word, symbols);
        }

        PairMerger.Merge(symbols, _merges);
        int start = 0;
        for (int i = 0; i < symbols.Count; i++)
        {
            int end = symbols.Ends[i];
            work.Tokens.Add(symbols.Ids[i], offset + start, offset + end);
            start = end;
        }
    }

    private int? WholeWord(ReadOnlySpan<byte> word) =>
        _vocabulary.Find(_options.ByteLevel ? ByteAlphabet.Spell(word) : System.Text.Encoding.UTF8
            .GetString(word));

    // Ends are sums of the lengths added, as in the original: a symbol left out shifts the ones behind it.
    private void AddBytes(ReadOnlySpan<byte> word, SymbolBuffer symbols)
    {
        PendingUnknown unknown = new(_unknown, _options.FuseUnknown);
        for (int i = 0; i < word.Length; i++)
        {
            int id = _symbols.Find(word[i], i == 0, i == word.Length - 1);
            unknown.Add(symbols, id, 1);
        }

        unknown.Flush(symbols);
    }

    private void AddRunes(ReadOnlySpan<byte> word, SymbolBuffer symbols)
    {
        PendingUnknown unknown = new(_unknown, _options.FuseUnknown);
        for (int i = 0, length; i < word.Length; i += length)
        {
            int codePoint = Utf8Runes.Decode(word, i, out length);
            int id = _symbols.Find(codePoint, i == 0, i + length == word.Length);
            if (id >= 0 || !TryAddBytes(word.Slice(i, length), symbols))
            {
                unknown.Add(symbols, id, length);
            }
        }

        unknown.Flush(symbols);
    }

    private bool TryAddBytes(ReadOnlySpan<byte> bytes, SymbolBuffer symbols)
    {
        if (_byteTokens is null)
        {
            return false;
        }

        foreach (byte b in bytes)
        {
            if (_byteTokens[b] < 0)
            {
                return false;
            }
        }

        foreach (byte b in bytes)
        {
            int end = symbols.Count == 0 ? 0 : symbols.Ends[symbols.Count - 1];
            symbols.Add(_byteTokens[b], end + 1);
        }

        return true;
    }

    private static MergeTable Resolve(
        Vocabulary vocabulary, IReadOnlyList<(
            string Left, string Right)> merges, BpeOptions options, string source)
    {
        MergeTable table = new(merges.Count);
        for (int rank = 0; rank < merges.Count; rank++)
        {
            (string left, string right) = merges[rank];
            string tail = right.Length >= options.ContinuingPrefix.Length
                ? right[options.ContinuingPrefix.Length..]
                : "";
            table.Add(Id(left), Id(right), rank, Id(left + tail));

            int Id(string token) => vocabulary.Find(token)
                ?? throw new CheckpointException(
                    $"{source}.merges[{rank}]: '{token}' is not in the vocabulary.");
        }

        return table;
    }
}
