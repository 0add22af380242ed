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
        string charsMap = Convert.ToBase64String(model.PrecompiledCharsMap);
        object[][] vocabulary = [.. model.Pieces.Select(piece => new object[] { piece.Text, piece.Score })];
        using TemporaryFolder json = new();
        json.Write("tokenizer.json", $$$"""
            {
              "normalizer": {"type": "Sequence", "normalizers": [
                {"type": "Precompiled", "precompiled_charsmap": "{{{charsMap}}}"},
                {"type": "Strip", "strip_left": false, "strip_right": true},
                {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": "\u2581"}]},
              "pre_tokenizer": {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always"},
              "post_processor": {"type": "TemplateProcessing",
                "single": [{"Sequence": {"id": "A"}}, {"SpecialToken": {"id": "</s>"}}],
                "special_tokens": {"</s>": {"ids": [1], "tokens": ["</s>"]}
                }
              },
              "model": {"type": "Unigram", "unk_id": 2, "vocab": {{{JsonSerializer.Serialize(vocabulary)}}} }
            }
            """);
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
