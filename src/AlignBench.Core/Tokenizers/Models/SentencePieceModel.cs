namespace AlignBench.Tokenizers;

/// <summary>
/// What SentencePiece's BPE and unigram models share: pieces, bytes for the unknown, runs of it.
/// </summary>
internal abstract class SentencePieceModel : WordModel
{
    private readonly Dictionary<string, int> _ids = [];
    private readonly int[]? _byteIds;
    private readonly string _file;

    /// <exception cref="CheckpointException">
    /// Two pieces are alike, or the unknown or a byte piece is missing.
    /// </exception>
    protected SentencePieceModel(SentencePieceFile model, string file)
    {
        Pieces = model.Pieces;
        _file = file;
        for (int id = 0; id < Pieces.Count; id++)
        {
            if (!_ids.TryAdd(Pieces[id].Text, id))
            {
                throw new CheckpointException(
                    $"{file}: pieces {_ids[Pieces[id].Text]} and {id} are both '{Pieces[id].Text}'.");
            }

            if (Pieces[id].Kind == PieceKind.UserDefined)
            {
                UserDefined.Add(Utf8Runes.GetBytes(Pieces[id].Text), id);
            }
        }

        UnknownId = SingleUnknown();
        _byteIds = model.ByteFallback ? [.. Enumerable.Range(0, 256).Select(ByteId)] : null;
    }

    /// <summary>All pieces, by id.</summary>
    public IReadOnlyList<SentencePiece> Pieces { get; }

    /// <summary>The user-defined pieces.</summary>
    public ByteTrie UserDefined { get; } = new();

    /// <inheritdoc/>
    public override int Size => Pieces.Count;

    /// <summary>The id of what has no piece.</summary>
    protected int UnknownId { get; }

    /// <inheritdoc/>
    public override int? Find(string token) => _ids.TryGetValue(token, out int id) ? id : null;

    /// <inheritdoc/>
    public override string TextOf(int id, ReadOnlySpan<byte> source) =>
        id == UnknownId ? System.Text.Encoding.UTF8.GetString(source) : Pieces[id].Text;

    /// <summary>True for pieces that are found in texts.</summary>
    protected static bool IsInTexts(SentencePiece piece) =>
        piece.Kind is PieceKind.Normal or PieceKind.UserDefined;

    /// <summary>Appends a piece that covers word[start..end].</summary>
    /// <param name="id">The piece.</param>
    /// <param name="word">The word.</param>
    /// <param name="start">In bytes of the word.</param>
    /// <param name="end">In bytes of the word.</param>
    /// <param name="offset">Where the word starts in its text.</param>
    /// <param name="first">The word's first place in the sink.</param>
    /// <param name="sink">Gets the tokens.</param>
    protected void Emit(
        int id, ReadOnlySpan<byte> word, int start, int end, int offset, int first, TokenSink sink)
    {
        if (id != UnknownId)
        {
            sink.Add(id, offset + start, offset + end);
        }
        else if (_byteIds is not null)
        {
            // The last byte stands for all of the symbol, the others for nothing.
            for (int i = start; i < end; i++)
            {
                sink.Add(_byteIds[word[i]], offset + start, offset + (i == end - 1 ? end : start));
            }
        }
        else if (sink.Count > first && sink.Ids[^1] == UnknownId)
        {
            sink.ExtendLast(offset + end);
        }
        else
        {
            sink.Add(id, offset + start, offset + end);
        }
    }

    private int SingleUnknown()
    {
        int[] unknown =
            [.. Enumerable.Range(0, Pieces.Count).Where(id => Pieces[id].Kind == PieceKind.Unknown)];
        return unknown.Length == 1
            ? unknown[0]
            : throw new CheckpointException(
                $"{_file}: one piece of type UNKNOWN expected, got {unknown.Length}.");
    }

    private int ByteId(int value) =>
        _ids.TryGetValue($"<0x{value:X2}>", out int id) && Pieces[id].Kind == PieceKind.Byte
        ? id
        : throw new CheckpointException(
            $"{_file}: byte_fallback is on, but the byte piece <0x{value:X2}> is missing.");
}
