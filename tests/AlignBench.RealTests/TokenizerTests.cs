using System.Text.Json;
using AlignBench.Tests.Tokenizers;
using AlignBench.Tokenizers;

namespace AlignBench.RealTests;

// The real tokenizers against cases made with tokenizers 0.23.3 and sentencepiece 0.2.3; everything must be
// equal.
public sealed class TokenizerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alignbench-tokenizer-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("bert-base-uncased")]
    [InlineData("clip")]
    [InlineData("gpt2")]
    [InlineData("llama2")]
    public void TokenizerJson_AllCasesAndBatches_AreEqual(string name)
    {
        ITokenizer tokenizer = LoadOnly(SharedPaths.Of("tokenizers", name), "tokenizer.json");

        GoldenChecks.AllCases(tokenizer, Golden(name, "cases.jsonl"));
        GoldenChecks.AllBatches(tokenizer, Golden(name, "batches.jsonl"));
    }

    [Fact]
    public void Llama2Model_AllCasesAndBatches_AreEqual()
    {
        ITokenizer tokenizer = TokenizerLoader.Load(SharedPaths.Of("tokenizers", "llama2"));

        GoldenChecks.AllSentencePieceCases(tokenizer, Golden("llama2", "spm_cases.jsonl"));
        GoldenChecks.AllBatches(tokenizer, Golden("llama2", "spm_batches.jsonl"));
    }

    [Theory]
    [InlineData("openllama-v1-like")]
    [InlineData("openllama-v2-like")]
    public void SentencePiece_AllBatches_AreEqual(string name) =>
        GoldenChecks.AllBatches(TokenizerLoader.Load(Golden(name, "")), Golden(name, "spm_batches.jsonl"));

    // A wrong tokenizer.json beside the .model, as transformers makes it: the .model counts.
    [Theory]
    [InlineData("openllama-v1-like")]
    [InlineData("openllama-v2-like")]
    [InlineData("bpe-user-defined")]
    public void SentencePiece_ConvertedJsonBesideIt_IsNotRead(string name)
    {
        File.Copy(Golden(name, "tokenizer.model"), Path.Combine(_folder, "tokenizer.model"));
        File.Copy(Golden(name, "tokenizer.converted.json"), Path.Combine(_folder, "tokenizer.json"));
        ITokenizer tokenizer = TokenizerLoader.Load(_folder);
        using JsonDocument differences =
            JsonDocument.Parse(File.ReadAllBytes(Golden(name, "converted_vs_spm.json")));

        Assert.All(differences.RootElement.EnumerateArray(), difference => Assert.Equal(
            difference.GetProperty("spm_ids_plain").EnumerateArray().Select(id => id.GetInt32()),
            tokenizer.EncodePlain(difference.GetProperty("text").GetString()!).Ids));
    }

    [Fact]
    public void BertVocabText_AllCases_AreEqual() => GoldenChecks.AllCases(
        LoadOnly(SharedPaths.Of("tokenizers", "bert-base-uncased"), "vocab.txt"),
        Golden("bert-base-uncased", "cases.jsonl"));

    [Fact]
    public void MiniLm_AllBertCases_AreEqual() => GoldenChecks.AllCases(
        TokenizerLoader.Load(SharedPaths.Of("models", "all-minilm-l6-v2")),
        Golden("bert-base-uncased", "cases.jsonl"));

    [Fact]
    public void Stories260k_ModelAndJson_AgreeOnCaptions()
    {
        string folder = SharedPaths.Of("models", "stories260k");
        ITokenizer model = TokenizerLoader.Load(folder);
        ITokenizer json = LoadOnly(folder, "tokenizer.json");
        using JsonDocument coco = JsonDocument.Parse(
            File.ReadAllBytes(SharedPaths.Of("data", "coco", "annotations", "captions_val2017.json")));
        string[] captions = [.. coco.RootElement.GetProperty("annotations").EnumerateArray()
            .Select(annotation => annotation.GetProperty("caption").GetString()!)];

        Assert.All(captions, caption => Assert.Equal(model.EncodeIds(caption), json.EncodeIds(caption)));
    }

    // vocab.json and merges.txt of CLIP text encoders; in the second "!" is the pad token and so a special
    // token.
    [Theory]
    [InlineData("sd1-tiny")]
    [InlineData("sd2-tiny")]
    public void ClipVocabAndMerges_Prompts_AreEqual(string name)
    {
        string folder = SharedPaths.Of("goldens", "diffusion", name);
        ITokenizer tokenizer = TokenizerLoader.Load(Path.Combine(folder, "tokenizer"));
        using JsonDocument text =
            JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "goldens", "text.json")));
        string[] prompts =
            [.. text.RootElement.GetProperty("prompts").EnumerateArray().Select(item => item.GetString()!)];
        string[][] tokens = [.. text.RootElement.GetProperty("tokens").EnumerateArray()
            .Select(row => row.EnumerateArray().Select(item => item.GetString()!).ToArray())];

        Assert.Equal(text.RootElement.GetProperty("pad_token_id").GetInt32(), tokenizer.PadId);
        for (int i = 0; i < prompts.Length; i++)
        {
            string[] got = tokenizer.Encode(prompts[i]).Tokens;
            int shared = Math.Min(got.Length, tokens[i].Length);
            Assert.Equal(tokens[i][..shared], got[..shared]);
        }
    }

    private ITokenizer LoadOnly(string source, string name)
    {
        File.Copy(Path.Combine(source, name), Path.Combine(_folder, name));
        return TokenizerLoader.Load(_folder);
    }

    private static string Golden(string name, string file) =>
        SharedPaths.Of("goldens", "tokenizers", name, file);
}
