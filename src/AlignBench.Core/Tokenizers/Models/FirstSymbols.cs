namespace AlignBench.Tokenizers;

/// <summary>
/// The vocabulary ids of a word's single symbols, by place: a code point or a byte with its prefix and
/// suffix.
/// </summary>
internal sealed class FirstSymbols
{
    private const int Continuing = 1;
    private const int Last = 2;

    private readonly Dictionary<int, int>[] _byPlace = [[], [], [], []];

    /// <summary>Reads the symbols out of a vocabulary.</summary>
    public FirstSymbols(Vocabulary vocabulary, BpeOptions options)
    {
        if (options.ByteLevel)
        {
            for (int b = 0; b < 256; b++)
            {
                Add(vocabulary, options, b, ByteAlphabet.LetterOf((byte)b).ToString());
            }

            return;
        }

        HashSet<int> seen = [];
        foreach ((string token, _) in vocabulary.Tokens)
        {
            foreach (System.Text.Rune rune in token.EnumerateRunes())
            {
                if (seen.Add(rune.Value))
                {
                    Add(vocabulary, options, rune.Value, rune.ToString());
                }
            }
        }
    }

    /// <summary>The id of a symbol, or -1.</summary>
    public int Find(int symbol, bool isFirst, bool isLast)
    {
        int place = (isFirst ? 0 : Continuing) | (isLast ? Last : 0);
        return _byPlace[place].TryGetValue(symbol, out int id) ? id : -1;
    }

    private void Add(Vocabulary vocabulary, BpeOptions options, int symbol, string text)
    {
        for (int place = 0; place < _byPlace.Length; place++)
        {
            string prefix = (place & Continuing) == 0 ? "" : options.ContinuingPrefix;
            string suffix = (place & Last) == 0 ? "" : options.EndOfWordSuffix;
            if (vocabulary.Find(prefix + text + suffix) is { } id)
            {
                _byPlace[place][symbol] = id;
            }
        }
    }
}
