using AlignBench.Tokenizers;

namespace AlignBench.Tests.Tokenizers;

public class ByteLevelTests
{
    [Fact]
    public void ByteAlphabet_KnownBytes_HaveGpt2sLetters()
    {
        Assert.Equal("\u0120a\u010A!", ByteAlphabet.Spell(" a\n!"u8));
        char[] letters = [.. Enumerable.Range(0, 256).Select(b => ByteAlphabet.LetterOf((byte)b))];
        Assert.Equal(256, letters.Distinct().Count());
    }

    // Any text comes back from its tokens: spelled bytes, one after the other.
    [Fact]
    public void EncodePlain_RandomTexts_DecodeToThemselves()
    {
        ITokenizer tokenizer = TokenizerLoader.Load(TestPaths.Golden("tokenizers", "bloom-like"));
        Dictionary<char, byte> bytes =
            Enumerable.Range(0, 256).ToDictionary(b => ByteAlphabet.LetterOf((byte)b), b => (byte)b);
        Random random = new(3);
        for (int round = 0; round < 200; round++)
        {
            string text = RandomText(random);
            Encoding encoding = tokenizer.EncodePlain(text);
            byte[] decoded = [.. encoding.Tokens.SelectMany(token => token).Select(letter => bytes[letter])];

            Assert.Equal(text, System.Text.Encoding.UTF8.GetString(decoded));
            Assert.Equal(tokenizer.EncodeIds(text), encoding.Ids);
            int[] starts = [.. encoding.Offsets.Select(span => span.Start)];
            Assert.Equal(starts.Order(), starts);
        }
    }

    [Theory]
    [InlineData("I'll DON'T  go\n\n 42", "I|'ll| DON|'|T| | go|\n\n| 42")]
    [InlineData("a  b", "a| | b")]
    [InlineData("a \t", "a| \t")]
    [InlineData("\U0001D400\U0001D7CE!", "\U0001D400|\U0001D7CE|!")]       // astral letter, astral digit
    public void Gpt2Pattern_KnownTexts_AreCut(string text, string expected) =>
        Assert.Equal(expected.Split('|'),
            Cut(new PatternSplitter(new Gpt2Pattern(), SplitBehavior.Isolated, invert: false), text));

    [Theory]
    [InlineData("wow!!! a", "wow|!!!| a")]
    [InlineData("a  b", "a| | b")]
    [InlineData("x (a)", "x| (|a|)")]
    [InlineData("\u0964\u060Cb?", "\u0964\u060C|b|?")]
    public void BloomPattern_KnownTexts_AreCut(string text, string expected) =>
        Assert.Equal(expected.Split('|'),
            Cut(new PatternSplitter(new BloomPattern(), SplitBehavior.Isolated, invert: false), text));

    [Theory]
    [InlineData(SplitBehavior.Removed, "a|b")]
    [InlineData(SplitBehavior.Isolated, "a|-|-|b|-")]
    [InlineData(SplitBehavior.MergedWithPrevious, "a-|-|b-")]
    [InlineData(SplitBehavior.MergedWithNext, "a|-|-b|-")]
    [InlineData(SplitBehavior.Contiguous, "a|--|b|-")]
    internal void PatternSplitter_EachBehavior_TreatsMatches(SplitBehavior behavior, string expected) =>
        Assert.Equal(expected.Split('|'),
            Cut(new PatternSplitter(new LiteralPattern("-"), behavior, invert: false), "a--b-"));

    private static string[] Cut(PatternSplitter splitter, string text)
    {
        byte[] bytes = Utf8Runes.GetBytes(text);
        PieceList pieces = new();
        splitter.Split(bytes, 0, bytes.Length, pieces);
        return [.. Enumerable.Range(0, pieces.Count)
            .Select(i => System.Text.Encoding.UTF8.GetString(bytes[pieces[i].Start..pieces[i].End]))];
    }

    private static string RandomText(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ =>
        char.ConvertFromUtf32(random.Next(4) switch
        {
            0 => random.Next(0x1F300, 0x1F600),
            1 => random.Next(0x80, 0xD800),
            _ => random.Next(1, 0x80),
        })));
}
