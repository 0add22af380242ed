namespace AlignBench.Tokenizers;

/// <summary>
/// WordPiece (Hugging Face tokenizers, models/wordpiece): from the left, always the longest piece; a word
/// with a part that has none, or of too many code points, is unknown as a whole.
/// </summary>
internal sealed class WordPieceModel : WordModel
{
    private readonly Vocabulary _vocabulary;
    private readonly ByteTrie _trie = new();
    private readonly int _continuing;        // the node behind "##"; -1: no piece has it
    private readonly int _unknown;
    private readonly int _maxCodePoints;

    /// <param name="vocabulary">Pieces.</param>
    /// <param name="unknownToken">Stands for an unknown word.</param>
    /// <param name="continuingPrefix">Starts the pieces that don't start a word.</param>
    /// <param name="maxCodePoints">Longest word that is looked up.</param>
    /// <param name="source">File and place, for messages.</param>
    /// <exception cref="CheckpointException">The unknown token isn't in the vocabulary.</exception>
    public WordPieceModel(
        Vocabulary vocabulary, string unknownToken, string continuingPrefix, int maxCodePoints, string source)
    {
        _vocabulary = vocabulary;
        _maxCodePoints = maxCodePoints;
        _unknown = vocabulary.Find(unknownToken)
            ?? throw new CheckpointException(
                $"{source}: unk_token '{unknownToken}' is not in the vocabulary.");
        foreach ((string token, int id) in vocabulary.Tokens)
        {
            _trie.Add(Utf8Runes.GetBytes(token), id);
        }

        _continuing = _trie.NodeOf(Utf8Runes.GetBytes(continuingPrefix));
    }

    /// <inheritdoc/>
    public override int Size => _vocabulary.Size;

    /// <inheritdoc/>
    public override string TextOf(int id, ReadOnlySpan<byte> source) => _vocabulary.TextOf(id);

    /// <inheritdoc/>
    public override int? Find(string token) => _vocabulary.Find(token);

    /// <inheritdoc/>
    protected override void TokenizeWord(ReadOnlySpan<byte> word, int offset, Workspace work)
    {
        SymbolBuffer pieces = work.Symbols;
        pieces.Count = 0;
        bool isKnown = word.Length <= _maxCodePoints || Utf8Runes.Count(word) <= _maxCodePoints;
        int start = 0;
        while (isKnown && start < word.Length)
        {
            int length = _trie.LongestPrefix(start == 0 ? 0 : _continuing, word[start..], out int id);
            start += length;
            pieces.Add(id, start);
            isKnown = length > 0;
        }

        if (!isKnown)
        {
            work.Tokens.Add(_unknown, offset, offset + word.Length);
            return;
        }

        start = 0;
        for (int i = 0; i < pieces.Count; i++)
        {
            work.Tokens.Add(pieces.Ids[i], offset + start, offset + pieces.Ends[i]);
            start = pieces.Ends[i];
        }
    }
}
