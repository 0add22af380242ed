using System.Text;

namespace AlignBench.Tokenizers;

/// <summary>
/// SentencePiece's BPE (sentencepiece 0.2, src/bpe_model.cc): neighbours merge if their concatenation is a
/// piece, the highest score first, ties to the left. Every way to put a piece together from two symbols is
/// laid down beforehand, so that merging compares numbers only.
/// </summary>
internal sealed class SentencePieceBpe : SentencePieceModel
{
    private readonly Dictionary<int, int> _codePoints = [];     // code point -> symbol
    private readonly MergeTable _merges;
    private readonly bool _cutsAtBlanks;

    // Symbols: 0 to Size - 1 are pieces; from Size on, code points that occur in pieces without being one; -1
    // is any other code point; -2 - id is a user-defined piece, which never merges.
    private const int Unmerged = -2;

    /// <exception cref="CheckpointException">The pieces can't be used.</exception>
    public SentencePieceBpe(SentencePieceFile model, string file)
        : base(model, file)
    {
        if (Pieces.Any(piece => piece.Kind == PieceKind.Unused))
        {
            throw new CheckpointException(
                $"{file}: a BPE model with pieces of type UNUSED is not supported.");
        }

        AddCodePoints();
        _merges = BuildMerges();
        _cutsAtBlanks = Pieces.Any(piece => piece is { Text: "\u2581", Kind: PieceKind.Normal })
            && !Pieces.Any(piece => IsInTexts(piece) && BlankBoundary.IsCrossedBy(piece.Text));
    }

    /// <inheritdoc/>
    public override void Tokenize(ReadOnlySpan<byte> piece, int offset, Workspace work)
    {
        for (int start = 0, end; start < piece.Length; start = end)
        {
            end = _cutsAtBlanks ? BlankBoundary.EndOfPart(piece, start) : piece.Length;
            TokenizeCached(piece[start..end], offset + start, work);
        }
    }

    /// <inheritdoc/>
    protected override void TokenizeWord(ReadOnlySpan<byte> word, int offset, Workspace work)
    {
        SymbolBuffer symbols = work.Symbols;
        symbols.Count = 0;
        for (int position = 0, length; position < word.Length; position += length)
        {
            length = UserDefined.LongestPrefix(word[position..], out int id);
            int symbol = length > 0
                ? Unmerged - id
                : _codePoints.GetValueOrDefault(Utf8Runes.Decode(word, position, out length), -1);
            symbols.Add(symbol, position + length);
        }

        PairMerger.Merge(symbols, _merges);
        int first = work.Tokens.Count;
        int start = 0;
        for (int i = 0; i < symbols.Count; i++)
        {
            int end = symbols.Ends[i];
            Emit(IdOf(symbols.Ids[i]), word, start, end, offset, first, work.Tokens);
            start = end;
        }
    }

    private int IdOf(int symbol) =>
        symbol <= Unmerged ? Unmerged - symbol
        : symbol < 0 || symbol >= Size ? UnknownId
        : symbol;

    private void AddCodePoints()
    {
        int next = Size;
        foreach (SentencePiece piece in Pieces.Where(IsInTexts))
        {
            foreach (Rune rune in piece.Text.EnumerateRunes())
            {
                bool isPiece = Find(rune.ToString()) is { } id && IsInTexts(Pieces[id]);
                if (_codePoints.TryAdd(rune.Value, isPiece ? Find(rune.ToString())!.Value : next))
                {
                    next += isPiece ? 0 : 1;
                }
            }
        }
    }

    private MergeTable BuildMerges()
    {
        float[] scores =
            [.. Pieces.Where(IsInTexts).Select(piece => piece.Score).Distinct().OrderDescending()];
        Dictionary<float, int> ranks = scores.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        List<(int Left, int Right, int Merged)> merges = [];
        for (int id = 0; id < Size; id++)
        {
            string text = IsInTexts(Pieces[id]) ? Pieces[id].Text : "";
            for (int cut = 1; cut < text.Length; cut++)
            {
                int left = SymbolOf(text[..cut]);
                int right = left < 0 ? -1 : SymbolOf(text[cut..]);
                if (right >= 0)
                {
                    merges.Add((left, right, id));
                }
            }
        }

        MergeTable table = new(merges.Count);
        foreach ((int left, int right, int merged) in merges)
        {
            table.Add(left, right, ranks[Pieces[merged].Score], merged);
        }

        return table;
    }

    private int SymbolOf(string text) =>
        Find(text) is { } id && IsInTexts(Pieces[id]) ? id
        : Utf8Runes.IsSingle(text, out int codePoint) ? _codePoints.GetValueOrDefault(codePoint, -1)
        : -1;
}
