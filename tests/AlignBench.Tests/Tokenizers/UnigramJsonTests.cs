using System.Text.Json;
using AlignBench.Tokenizers;

namespace AlignBench.Tests.Tokenizers;

public class UnigramJsonTests
{
    // tokenizer.json as transformers' T5Converter writes it for a .model: both read captions alike.
    [Fact]
    public void Load_JsonOfAT5Model_AgreesOnCaptions()
    {
        string folder = TestPaths.Golden("tokenizers", "unigram-t5-like");
        string file = Path.Combine(folder, "tokenizer.model");
        SentencePieceFile model = SentencePieceFile.Parse(File.ReadAllBytes(file), file);
        using TemporaryFolder json = new();
        json.Write("tokenizer.json", JsonSerializer.Serialize(new
        {
            version = "1.0",
            normalizer = new
            {
                type = "Sequence",
                normalizers = new object[]
                {
                    new { type = "Precompiled", precompiled_charsmap = Convert.ToBase64String(model.PrecompiledCharsMap) },
                    new { type = "Strip", strip_left = false, strip_right = true },
                    new { type = "Replace", pattern = new { Regex = " {2,}" }, content = "\u2581" },
                },
            },
            pre_tokenizer = new { type = "Metaspace", replacement = "\u2581", prepend_scheme = "always", split = true },
            post_processor = new
            {
                type = "TemplateProcessing",
                single = new object[] { new { Sequence = new { id = "A", type_id = 0 } }, new { SpecialToken = new { id = "</s>", type_id = 0 } } },
                special_tokens = new Dictionary<string, object> { ["</s>"] = new { id = "</s>", ids = new[] { 1 }, tokens = new[] { "</s>" } } },
            },
            model = new { type = "Unigram", unk_id = 2, vocab = model.Pieces.Select(piece => new object[] { piece.Text, piece.Score }) },
        }));
        ITokenizer tokenizer = TokenizerLoader.Load(json.Path);
        GoldenCase[] captions = [.. GoldenCase.Read(Path.Combine(folder, "spm_cases.jsonl"))
            .Where(golden => golden.Id.StartsWith("cap:", StringComparison.Ordinal))];

        Assert.Equal(190, captions.Length);
        Assert.All(captions, golden => Assert.Equal(golden.Ints("ids"), tokenizer.EncodeIds(golden.Text)));
        Assert.All(captions, golden => Assert.Equal(golden.Ints("ids"), tokenizer.Encode(golden.Text).Ids));
        Assert.Equal(tokenizer.EncodePlain("\uFB01ne \u2460"), tokenizer.EncodePlain("fine 1"), SameIds);
    }

    private static bool SameIds(Encoding first, Encoding second) => first.Ids.SequenceEqual(second.Ids);
}
