using AlignBench.Tokenizers;

namespace AlignBench.Tests.Tokenizers;

// Made with tokenizers 0.23.3 and sentencepiece 0.2.3; everything must be equal, there is no tolerance.
public class GoldenTests
{
    [Fact]
    public void BloomLike_AllCases_AreEqual() =>
        GoldenChecks.AllCases(TokenizerLoader.Load(TestPaths.Golden("tokenizers", "bloom-like")),
            TestPaths.Golden("tokenizers", "bloom-like", "cases.jsonl"));

    [Theory]
    [InlineData("openllama-v1-like")]
    [InlineData("openllama-v2-like")]
    [InlineData("bpe-user-defined")]
    [InlineData("unigram-t5-like")]
    public void SentencePiece_AllCases_AreEqual(string name) =>
        GoldenChecks.AllSentencePieceCases(TokenizerLoader.Load(TestPaths.Golden("tokenizers", name)),
            TestPaths.Golden("tokenizers", name, "spm_cases.jsonl"));
}
