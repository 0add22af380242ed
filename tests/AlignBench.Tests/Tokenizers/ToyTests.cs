using System.Text.Json;
using AlignBench.Tokenizers;

namespace AlignBench.Tests.Tokenizers;

public class ToyTests
{
    [Theory]
    [InlineData("openllama-toy-s")]
    [InlineData("openllama-toy-m")]
    public void Load_ModelAndJsonOfOneCheckpoint_AgreeOnAllCaptions(string name)
    {
        string folder = Path.Combine(TestPaths.Toy, "models", name);
        using TemporaryFolder jsonOnly = new();
        jsonOnly.CopyFrom(folder, "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json");
        ITokenizer model = TokenizerLoader.Load(folder);
        ITokenizer json = TokenizerLoader.Load(jsonOnly.Path);

        Assert.All(Captions(), caption => Assert.Equal(model.EncodeIds(caption), json.EncodeIds(caption)));
        Assert.NotEqual(model.Fingerprint, json.Fingerprint);
        Assert.Equal(580, model.VocabularySize);
    }

    [Theory]
    [InlineData("distilbert-toy", "vocab.txt")]
    [InlineData("clip-toy", "vocab.json merges.txt")]
    public void Load_OlderFilesOfOneCheckpoint_AgreeWithJsonOnAllCaptions(string name, string files)
    {
        string folder = Path.Combine(TestPaths.Toy, "models", name);
        using TemporaryFolder older = new();
        older.CopyFrom(folder, [.. files.Split(' '), "tokenizer_config.json", "special_tokens_map.json"]);
        ITokenizer json = TokenizerLoader.Load(folder);
        ITokenizer old = TokenizerLoader.Load(older.Path);

        Assert.All(
            Captions(),
            caption => Assert.Equivalent(json.Encode(caption), old.Encode(caption), strict: true));
        Assert.Equal(json.PadId, old.PadId);
        Assert.Equal(json.VocabularySize, old.VocabularySize);
    }

    [Theory]
    [InlineData("distilbert-toy")]
    [InlineData("clip-toy-text", "clip-toy")]
    [InlineData("bloom-toy-s")]
    [InlineData("bloom-toy-m")]
    [InlineData("openllama-toy-s")]
    [InlineData("openllama-toy-m")]
    public void EncodeIds_ExpectedFeaturesCaptions_AreTheStoredIds(string name, string? model = null)
    {
        ITokenizer tokenizer = TokenizerLoader.Load(Path.Combine(TestPaths.Toy, "models", model ?? name));
        string expected = Path.Combine(TestPaths.Toy, "expected");
        int[][] ids =
            StoredTensor.ReadRows(Path.Combine(expected, $"features-{name}.safetensors"), "input_ids");
        using JsonDocument items =
            JsonDocument.Parse(File.ReadAllBytes(Path.Combine(expected, "features-items.json")));
        string[] captions =
            [.. items.RootElement.GetProperty("captions").EnumerateArray().Select(item => item.GetString()!)];

        Assert.Equal(captions.Length, ids.Length);
        for (int i = 0; i < captions.Length; i++)
        {
            Assert.Equal(ids[i].Where(id => id >= 0), tokenizer.EncodeIds(captions[i]));
        }
    }

    [Fact]
    public void EncodeIds_FromSeveralThreads_AsFromOne()
    {
        ITokenizer tokenizer = TokenizerLoader.Load(Path.Combine(TestPaths.Toy, "models", "bloom-toy-s"));
        string[] captions = Captions();
        int[][] alone = [.. captions.Select(caption => tokenizer.EncodeIds(caption))];
        int[][] together = new int[captions.Length][];

        Parallel.For(0, captions.Length, i => together[i] = tokenizer.EncodeIds(captions[i]));

        Assert.Equal(alone, together);
    }

    private static string[] Captions()
    {
        string file = Path.Combine(TestPaths.Toy, "data", "coco", "annotations", "captions_val.json");
        using JsonDocument coco = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. coco.RootElement.GetProperty("annotations").EnumerateArray()
            .Select(annotation => annotation.GetProperty("caption").GetString()!)];
    }
}
