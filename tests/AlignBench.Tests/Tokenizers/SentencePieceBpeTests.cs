using AlignBench.Tokenizers;

namespace AlignBench.Tests.Tokenizers;

public class SentencePieceBpeTests
{
    // The library's own way, on strings: the neighbours whose concatenation is the piece of the highest score
    // merge.
    [Theory]
    [InlineData("openllama-v1-like")]
    [InlineData("openllama-v2-like")]
    public void EncodePlain_RandomTexts_AsTheSlowWay(string name)
    {
        string folder = TestPaths.Golden("tokenizers", name);
        string file = Path.Combine(folder, "tokenizer.model");
        SentencePieceFile model = SentencePieceFile.Parse(File.ReadAllBytes(file), file);
        ITokenizer tokenizer = TokenizerLoader.Load(folder);
        Random random = new(7);
        string[] parts = ["a", "cat", " ", "  ", "\u2581", "the ", "ing", "1", "\u00E9", "\u732B",
            "\U0001F408", "\n", "person", "on"];
        for (int round = 0; round < 200; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 40))
                .Select(_ => parts[random.Next(parts.Length)]));

            Assert.Equal(EncodeSlowly(model, text), tokenizer.EncodePlain(text).Ids);
        }
    }

    private static List<int> EncodeSlowly(SentencePieceFile model, string text)
    {
        if (model.RemoveExtraWhitespaces)
        {
            text = string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        string normalized = text.Length == 0 ? "" : "\u2581" + text.Replace(' ', '\u2581');
        normalized = model.RemoveExtraWhitespaces ? normalized.TrimEnd('\u2581') : normalized;
        Dictionary<string, int> ids =
            model.Pieces.Index().ToDictionary(pair => pair.Item.Text, pair => pair.Index);
        List<string> symbols = [.. normalized.EnumerateRunes().Select(rune => rune.ToString())];
        while (Best(model, ids, symbols) is { } best)
        {
            symbols[best] += symbols[best + 1];
            symbols.RemoveAt(best + 1);
        }

        return [.. symbols.SelectMany(symbol => ids.TryGetValue(symbol, out int id)
            ? [id]
            : Utf8Runes.GetBytes(symbol).Select(b => ids[$"<0x{b:X2}>"]))];
    }

    private static int? Best(SentencePieceFile model, Dictionary<string, int> ids, List<string> symbols)
    {
        int? best = null;
        float bestScore = float.NegativeInfinity;
        for (int i = 0; i + 1 < symbols.Count; i++)
        {
            if (ids.TryGetValue(symbols[i] + symbols[i + 1], out int id)
                && model.Pieces[id].Kind == PieceKind.Normal && model.Pieces[id].Score > bestScore)
            {
                best = i;
                bestScore = model.Pieces[id].Score;
            }
        }

        return best;
    }
}
