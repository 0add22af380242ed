using AlignBench.Models;
using AlignBench.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.RealTests;

/// <summary>
/// Trained models against transformers, and every tiny one, of which the repository has only some.
/// </summary>
public class ModelTests
{
    public static TheoryData<string> LanguageModels() =>
    [
        .. Directory.GetDirectories(SharedPaths.Of("goldens", "text", "models"))
            .Where(folder => File.Exists(Path.Combine(folder, "config.v5.json"))).Select(
                folder => Path.GetFileName(folder)),
    ];

    public static TheoryData<string, string> Transformers()
    {
        TheoryData<string, string> cases = [];
        foreach (string folder in Directory.GetDirectories(SharedPaths.Of("goldens", "vision")))
        {
            string model = Path.GetFileName(folder);
            foreach (string golden in Directory.GetFiles(folder, "golden*.safetensors").Select(Stem))
            {
                bool tokens = model.StartsWith("dinov2_", StringComparison.Ordinal)
                    || model.StartsWith("vit_", StringComparison.Ordinal)
                    || golden == "golden_vision_interpolated";
                if (tokens && golden is not ("golden_bf16" or "golden_masked" or "golden_backbone"))
                {
                    cases.Add(model, golden);
                }
            }
        }

        return cases;
    }

    public static TheoryData<string, string, string> Dinov2Layouts()
    {
        TheoryData<string, string, string> cases = [];
        string folder = SharedPaths.Of("goldens", "vision", "dinov2_layouts");
        foreach (string golden in Directory.GetFiles(folder, "*.golden_*.safetensors"))
        {
            foreach (string publisher in new[] { "hf", "original", "timm" })
            {
                cases.Add(Path.GetFileName(golden).Split('.')[0], publisher, golden);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(LanguageModels))]
    public void Encode_TinyLanguageModel_GivesTransformersNumbers(string model)
    {
        LanguageModelGolden.CheckBatches(SharedPaths.Of("goldens", "text", "models", model));
        LanguageModelGolden.CheckUnpadded(SharedPaths.Of("goldens", "text", "models", model));
    }

    [Theory]
    [MemberData(nameof(Transformers))]
    public void Encode_TinyVisionTransformer_GivesTransformersNumbers(string model, string golden) =>
        VisionModelGolden.CheckTransformer(SharedPaths.Of("goldens", "vision", model), golden);

    [Theory]
    [MemberData(nameof(Dinov2Layouts))]
    public void Encode_Dinov2OfEveryPublisher_GivesThatPublishersNumbers(
        string model, string publisher, string golden)
    {
        string hub = SharedPaths.Of("goldens", "vision", model);
        string other = SharedPaths.Of(
            "goldens", "vision", "dinov2_layouts", $"{model}.{publisher}.safetensors");
        VisionModelGolden.CheckDinov2Layout(
            hub, publisher == "hf" ? Path.Combine(hub, "model.safetensors") : other, publisher, golden);
    }

    [Theory]
    [InlineData("resnet18_tiny_hf")]
    [InlineData("resnet18_tiny_torchvision")]
    [InlineData("resnet50_tiny_hf")]
    [InlineData("resnet50_tiny_torchvision")]
    [InlineData("resnet_hf_options")]
    public void Encode_TinyResNet_GivesTheGolden(string model) =>
        VisionModelGolden.CheckResNet(SharedPaths.Of("goldens", "vision", model));

    [Theory]
    [InlineData("wav2vec2_group")]
    [InlineData("wav2vec2_layer_stable")]
    public void Encode_TinyWav2Vec2_GivesTransformersNumbers(string model) =>
        Wav2Vec2Golden.Check(SharedPaths.Of("goldens", "text", "models", model));

    // Four photos, the mean over positions after every layer. Noise is up to 1e-5 (values to 39).
    [Theory]
    [InlineData("squeezenet1.1")]
    [InlineData("mobilenet_v2")]
    public void Encode_TrainedConvolutionalNetwork_GivesEveryLayer(string model)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(SharedPaths.Of("models", model));
        using GoldenFile expected = new(SharedPaths.Of("models", model, "golden.safetensors"));
        FeatureSelection[] layers =
        [
            .. Enumerable.Range(0, loaded.Image!.Depth + 1).Select(
                layer => new FeatureSelection(layer, Pooling.Mean)),
            FeatureSelection.Parse("pooled"),
        ];

        Tensor[] features = loaded.Image.Encode(expected.Read("pixel_values"), layers);

        for (int i = 0; i < layers.Length; i++)
        {
            string name = i <= loaded.Image.Depth ? $"features.{i}.mean_hw" : "features.mean_hw";
            GoldenFile.AssertCloseToScale(expected.Read(name), features[i], 1e-5, $"{model} {name}");
        }
    }

    // Noise is up to 2.4e-6 (values to 5.6).
    [Fact]
    public void Encode_Stories260k_GivesTransformersNumbers() => CheckCaptions("stories260k", 1e-5);

    // Weights in float16, widened; noise is up to 8e-7.
    [Fact]
    public void Encode_AllMiniLm_GivesTransformersNumbers() => CheckCaptions("all-minilm-l6-v2", 5e-6);

    private static string Stem(string path) => Path.GetFileNameWithoutExtension(path);

    private static void CheckCaptions(string model, double tolerance)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(SharedPaths.Of("models", model));
        using GoldenFile expected = new(
            SharedPaths.Of("goldens", "text", "real", model, "golden.safetensors"));
        (string Golden, string Feature)[] poolings =
        [
            ("mean_penultimate", "penultimate_mean"),
            ("mean_last", "last_mean"),
            ("last_token", "last_token"),
            ("cls_last", "last_cls"),
        ];
        FeatureSelection[] wanted = [.. poolings.Select(pooling => FeatureSelection.Parse(pooling.Feature))];
        FeatureSelection[] layers =
        [
            .. Enumerable.Range(0, loaded.Text!.Depth + 1).Select(
                layer => new FeatureSelection(layer, Pooling.Mean)),
        ];
        Tensor ids = expected.Read("input_ids");
        Tensor mask = expected.Read("attention_mask");
        long[] lengths = mask.sum(1).data<long>().ToArray();

        Tensor[] batch = loaded.Text!.EncodePadded(ids, wanted, mask);
        for (int i = 0; i < wanted.Length; i++)
        {
            GoldenFile.AssertClose(
                expected.Read(poolings[i].Golden), batch[i], tolerance, poolings[i].Golden);
        }

        long[][] texts =
        [
            .. lengths.Select((length, row) => ids[row].narrow(0, 0, length).data<long>().ToArray()),
        ];
        Tensor[] packed = loaded.Text.Encode(texts, wanted);
        for (int i = 0; i < wanted.Length; i++)
        {
            GoldenFile.AssertClose(
                expected.Read(poolings[i].Golden), packed[i], tolerance, $"packed {poolings[i].Golden}");
        }

        Tensor[] means = loaded.Text.Encode([texts[0]], layers);
        GoldenFile.AssertClose(
            expected.Read("hidden_states_row0").mean([1]),
            cat(means, dim: 0),
            tolerance,
            "mean of every layer");
    }
}
