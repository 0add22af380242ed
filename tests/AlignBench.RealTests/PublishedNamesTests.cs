using System.Text.Json;
using AlignBench.Models;
using AlignBench.Nn.Weights;
using AlignBench.Safetensors;
using static TorchSharp.torch;

namespace AlignBench.RealTests;

/// <summary>
/// The names and shapes of published checkpoints' tensors, without their numbers: every one must be read or
/// knowingly left aside, and none be missing.
/// </summary>
public class PublishedNamesTests
{
    public static TheoryData<string, string> VisionModels() => new()
    {
        { "facebook_dinov2-small", Dinov2("""{"hidden_size": 384, "num_attention_heads": 6""") },
        { "facebook_dinov2-base", Dinov2("""{"hidden_size": 768""") },
        {
            "facebook_dinov2-large",
            Dinov2("""{"hidden_size": 1024, "num_attention_heads": 16, "num_hidden_layers": 24""")
        },
        {
            "facebook_dinov2-giant",
            Dinov2(
                """{"hidden_size": 1536, "num_attention_heads": 24, "num_hidden_layers": 40, """
                + "\"use_swiglu_ffn\": true")
        },
        {
            "facebook_dinov2-with-registers-base",
            """{"model_type": "dinov2_with_registers", "image_size": 518, "patch_size": 14}"""
        },
        { "timm_vit_small_patch14_dinov2.lvd142m", Timm("vit_small_patch14_dinov2.lvd142m") },
        { "timm_vit_giant_patch14_dinov2.lvd142m", Timm("vit_giant_patch14_dinov2") },
        { "timm_vit_base_patch14_reg4_dinov2.lvd142m", Timm("vit_base_patch14_reg4_dinov2") },
        {
            "openai_clip-vit-base-patch32",
            """{"model_type": "clip", "text_config": {"eos_token_id": 2}, "vision_config": {}}"""
        },
        {
            "openai_clip-vit-large-patch14",
            """
            {
              "model_type": "clip", "projection_dim": 768,
              "text_config": {"hidden_size": 768, "num_attention_heads": 12, "intermediate_size": 3072},
              "vision_config": {"hidden_size": 1024, "num_attention_heads": 16, "num_hidden_layers": 24,
                "intermediate_size": 4096, "patch_size": 14}
            }
            """
        },
        { "google_vit-base-patch16-224", """{"model_type": "vit"}""" },
        {
            "microsoft_resnet-18",
            """
            {"model_type": "resnet", "layer_type": "basic", "depths": [2, 2, 2, 2],
             "hidden_sizes": [64, 128, 256, 512]}
            """
        },
        { "microsoft_resnet-50", """{"model_type": "resnet"}""" },
        { "torchvision_resnet18", Timm("resnet18.tv_in1k") },
        { "torchvision_resnet50", Timm("resnet50") },
        { "torchvision_squeezenet1_1", Timm("squeezenet1_1") },
        { "torchvision_mobilenet_v2", Timm("mobilenet_v2") },
    };

    [Theory]
    [MemberData(nameof(VisionModels))]
    public void Load_NamesOfAPublishedVisionModel_FitExactly(string model, string config)
    {
        using JsonDocument keys = JsonDocument.Parse(
            File.ReadAllText(SharedPaths.Of("goldens", "vision", "keys", $"{model}.json")));

        Load(config, keys.RootElement.EnumerateObject().Select(key => (key.Name, Shape(key.Value))));
    }

    [Theory]
    [InlineData("bigscience__bloom-560m", "bloom")]
    [InlineData("bigscience__bloom-1b1", "bloom")]
    [InlineData("bigscience__bloom-1b7", "bloom")]
    [InlineData("bigscience__bloom-3b", "bloom")]
    [InlineData("bigscience__bloom-7b1", "bloom")]
    [InlineData("openlm-research__open_llama_3b", "llama", """, "intermediate_size": 8640""")]
    [InlineData("openlm-research__open_llama_7b", "llama")]
    [InlineData("openlm-research__open_llama_13b", "llama", """, "intermediate_size": 13824""")]
    [InlineData("distilbert__distilbert-base-uncased", "distilbert")]
    [InlineData("google-bert__bert-base-uncased", "bert")]
    [InlineData("sentence-transformers__all-MiniLM-L6-v2", "bert", """, "intermediate_size": 1536""")]
    [InlineData("FacebookAI__roberta-base", "roberta", """, "max_position_embeddings": 514, "type_vocab_size": 1""")]
    [InlineData("openai-community__gpt2", "gpt2")]
    public void Load_NamesOfAPublishedLanguageModel_FitExactly(string model, string type, string more = "")
    {
        using JsonDocument document = JsonDocument.Parse(
            File.ReadAllText(SharedPaths.Of("goldens", "text", "keys", $"{model}.json")));
        JsonElement root = document.RootElement;
        string settings = root.GetProperty("config").GetRawText().Trim()[1..^1];
        string config = $$"""{"model_type": "{{type}}", {{settings}}{{more}}}""";
        List<(string, long[])> tensors = [];
        foreach (string part in new[] { "per_layer", "other", "also_in_the_file_ignore" })
        {
            foreach (
                JsonProperty key in root.TryGetProperty(part, out JsonElement keys)
                    ? keys.EnumerateObject()
                    : [])
            {
                int copies = key.Name.Contains("{i}", StringComparison.Ordinal)
                    ? root.GetProperty("layers").GetInt32()
                    : 1;
                tensors.AddRange(Enumerable.Range(0, copies).Select(
                    i => (key.Name.Replace("{i}", $"{i}", StringComparison.Ordinal), Shape(key.Value))));
            }
        }

        Load(config, tensors);
    }

    private static string Dinov2(string start) =>
        $$"""{{start}}, "model_type": "dinov2", "image_size": 518}""";

    private static string Timm(string architecture) =>
        $$"""{"architecture": "{{architecture}}", "num_classes": 1000}""";

    private static void Load(string config, IEnumerable<(string Name, long[] Shape)> tensors)
    {
        string folder = Directory.CreateTempSubdirectory("alignbench-names-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "config.json"), config);
            using NamesOnly source = new(tensors);
            using LoadedEncoder loaded = EncoderLoader.Build(
                folder, ConfigReader.Open(folder), source, new WeightReader(source, META));
            Assert.True(loaded.Parameters > 0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static long[] Shape(JsonElement element) =>
        [.. element.EnumerateArray().Select(size => size.GetInt64())];

    private sealed class NamesOnly(IEnumerable<(string Name, long[] Shape)> tensors) : IWeightSource
    {
        public IReadOnlyList<string> Files => ["names"];

        public IReadOnlyDictionary<string, StoredTensor> Tensors { get; } = tensors.ToDictionary(
            tensor =>
                tensor.Name, tensor =>
                    new StoredTensor("names", tensor.Name, StoredType.F32, tensor.Shape, 0));

        public void ReadBytes(StoredTensor tensor, long start, Span<byte> destination)
        {
        }

        public void Dispose()
        {
        }
    }
}
