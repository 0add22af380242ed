using AlignBench.Tests.Tokenizers;
using AlignBench.Tokenizers;

namespace AlignBench.RealTests;

// The real tokenizers against cases made with tokenizers 0.23.3 and sentencepiece 0.2.3; everything must be equal.
public class TokenizerTests
{
    [Theory]
    [InlineData("gpt2")]
    public void TokenizerJson_AllCases_AreEqual(string name) => GoldenChecks.AllCases(
        TokenizerLoader.Load(SharedPaths.Of("tokenizers", name)),
        SharedPaths.Of("goldens", "tokenizers", name, "cases.jsonl"));

    [Fact]
    public void Llama2Model_AllCases_AreEqual() => GoldenChecks.AllSentencePieceCases(
        TokenizerLoader.Load(SharedPaths.Of("tokenizers", "llama2")),
        SharedPaths.Of("goldens", "tokenizers", "llama2", "spm_cases.jsonl"));
}
