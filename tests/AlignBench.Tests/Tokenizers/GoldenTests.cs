using AlignBench.Tokenizers;

namespace AlignBench.Tests.Tokenizers;

// Made with tokenizers 0.23.3 and sentencepiece 0.2.3; everything must be equal, there is no tolerance.
public class GoldenTests
{
    [Fact]
    public void BloomLike_AllCases_AreEqual() =>
        GoldenChecks.AllCases(Load("bloom-like"), Golden("bloom-like", "cases.jsonl"));

    [Fact]
    public void BloomLike_AllBatches_AreEqual() =>
        GoldenChecks.AllBatches(Load("bloom-like"), Golden("bloom-like", "batches.jsonl"));

    [Fact]
    public void BloomPattern_AllSplits_AreEqual()
    {
        PatternSplitter splitter = new(new BloomPattern(), SplitBehavior.Isolated, invert: false);
        foreach (GoldenCase golden in GoldenCase.Read(Golden("bloom-like", "split.jsonl")))
        {
            byte[] text = Utf8Runes.GetBytes(golden.Text);
            PieceList pieces = new();
            splitter.Split(text, 0, text.Length, pieces);
            string[] got = [.. Enumerable.Range(0, pieces.Count).Select(i =>
                System.Text.Encoding.UTF8.GetString(text[pieces[i].Start..pieces[i].End]))];
            string[] expected = [.. golden.Fields.GetProperty("pieces").EnumerateArray()
                .Select(piece => piece[0].GetString()!)];

            Assert.Equal(expected, got);
        }
    }

    [Theory]
    [InlineData("openllama-v1-like")]
    [InlineData("openllama-v2-like")]
    [InlineData("bpe-user-defined")]
    [InlineData("unigram-t5-like")]
    public void SentencePiece_AllCases_AreEqual(string name) =>
        GoldenChecks.AllSentencePieceCases(Load(name), Golden(name, "spm_cases.jsonl"));

    [Fact]
    public void SentencePiece_AllBatches_AreEqual() =>
        GoldenChecks.AllBatches(Load("openllama-v1-like"), Golden("openllama-v1-like", "spm_batches.jsonl"));

    private static ITokenizer Load(string name) => TokenizerLoader.Load(TestPaths.Golden("tokenizers", name));

    private static string Golden(string name, string file) => TestPaths.Golden("tokenizers", name, file);
}
