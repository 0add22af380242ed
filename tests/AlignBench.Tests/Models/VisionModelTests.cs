using AlignBench.Models;
using AlignBench.Nn;
using AlignBench.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Models;

/// <summary>Vision models other than DINOv2 against their goldens.</summary>
public class VisionModelTests
{
    /// <summary>Of the largest magnitude; the noise between two correct float32 ways is up to 1.3e-6.</summary>
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData("vit_model", "golden")]
    [InlineData("vit_model", "golden_interpolated")]
    [InlineData("vit_classifier", "golden")]
    [InlineData("vit_classifier", "golden_interpolated")]
    [InlineData("clip_gelu_eos", "golden_vision_interpolated")]
    [InlineData("clip_quickgelu_legacy_eos", "golden_vision_interpolated")]
    public void Encode_GoldenImages_GivesTransformersNumbers(string model, string golden)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(TestPaths.Golden("vision", model));
        using GoldenFile expected = new(TestPaths.Golden("vision", model, $"{golden}.safetensors"));
        ImageEncoder encoder = Assert.IsAssignableFrom<ImageEncoder>(loaded.Image);
        CheckStates(encoder, expected, "", $"{model}/{golden}");
        Tensor images = expected.Read("pixel_values");
        bool clip = model.StartsWith("clip", StringComparison.Ordinal);

        Check("cls_penultimate", "penultimate_cls");
        Check("cls_last", clip ? "last_cls" : "last_cls_norm");
        Check("mean_patch", clip ? "last_patch_mean" : "last_patch_mean_norm");
        Check("pooler_output", "pooled");

        void Check(string name, string feature)
        {
            if (expected.Has(name))
            {
                Tensor actual = encoder.Encode(images, [FeatureSelection.Parse(feature)])[0];
                GoldenFile.AssertCloseToScale(expected.Read(name), actual, Tolerance, $"{model}/{golden} {name}");
            }
        }
    }

    [Theory]
    [InlineData("clip_gelu_eos")]
    [InlineData("clip_quickgelu_legacy_eos")]
    public void Encode_Clip_GivesBothSidesOfTheGolden(string model)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(TestPaths.Golden("vision", model));
        CheckClip(loaded, TestPaths.Golden("vision", model, "golden.safetensors"));
    }

    [Fact]
    public void Encode_ClipUnderOpenAiNames_GivesTheSameGolden()
    {
        using DisposeScope scope = NewDisposeScope();
        string model = TestPaths.Golden("vision", "clip_quickgelu_legacy_eos");
        using ModelFolder folder = new();
        File.Copy(Path.Combine(model, "config.json"), Path.Combine(folder.Path, "config.json"));
        File.Copy(Path.Combine(model, "openai_names.safetensors"), Path.Combine(folder.Path, "model.safetensors"));
        using LoadedEncoder loaded = EncoderLoader.Load(folder.Path);

        CheckClip(loaded, Path.Combine(model, "golden.safetensors"));
    }

    [Theory]
    [InlineData("resnet18_tiny_hf")]
    [InlineData("resnet50_tiny_hf")]
    [InlineData("resnet_hf_options")]
    [InlineData("resnet18_tiny_torchvision")]
    [InlineData("resnet50_tiny_torchvision")]
    public void Encode_ResNet_GivesEveryStageOfTheGolden(string model)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(TestPaths.Golden("vision", model));
        using GoldenFile expected = new(TestPaths.Golden("vision", model, "golden.safetensors"));
        ResNetEncoder encoder = Assert.IsType<ResNetEncoder>(loaded.Image);
        Tensor images = expected.Read("pixel_values");

        Tensor[] maps = [.. encoder.Maps(images)];
        string[] names = expected.Has("stem")
            ? ["stem", "layer1", "layer2", "layer3", "layer4"]
            : [.. Enumerable.Range(0, maps.Length).Select(i => $"hidden_states.{i}")];
        for (int i = 0; i < names.Length; i++)
        {
            GoldenFile.AssertCloseToScale(expected.Read(names[i]), maps[i], Tolerance, $"{model} {names[i]}");
        }

        Tensor[] features = encoder.Encode(
            images, [FeatureSelection.Parse("pooled"), FeatureSelection.Parse("penultimate_stage_mean")]);
        GoldenFile.AssertCloseToScale(expected.Read("avgpool"), features[0], Tolerance, $"{model} pooled");
        GoldenFile.AssertCloseToScale(maps[^2].mean([2, 3]), features[1], Tolerance, $"{model} penultimate");
        Assert.Throws<ConfigException>(() => encoder.ThrowIfUnsupported(FeatureSelection.PenultimateCls));
    }

    [Theory]
    [InlineData("dinov2_base", "hf", "golden_28x49")]
    [InlineData("dinov2_base", "original", "golden_28x49")]
    [InlineData("dinov2_base", "original", "golden_42x42")]
    [InlineData("dinov2_base", "original", "golden_63x63")]
    [InlineData("dinov2_base", "timm", "golden_28x49")]
    [InlineData("dinov2_base", "timm", "golden_42x42")]
    [InlineData("dinov2_base", "timm", "golden_63x63")]
    [InlineData("dinov2_swiglu", "original", "golden_14x35")]
    [InlineData("dinov2_swiglu", "original", "golden_28x28")]
    [InlineData("dinov2_swiglu", "original", "golden_49x49")]
    [InlineData("dinov2_swiglu", "timm", "golden_14x35")]
    [InlineData("dinov2_swiglu", "timm", "golden_28x28")]
    [InlineData("dinov2_swiglu", "timm", "golden_49x49")]
    [InlineData("dinov2_reg", "original", "golden_28x49")]
    [InlineData("dinov2_reg", "original", "golden_42x42")]
    [InlineData("dinov2_reg", "original", "golden_63x63")]
    [InlineData("dinov2_reg", "timm", "golden_28x49")]
    [InlineData("dinov2_reg", "timm", "golden_42x42")]
    [InlineData("dinov2_reg", "timm", "golden_63x63")]
    public void Encode_Dinov2OfEveryPublisher_GivesThatPublishersNumbers(string model, string publisher, string golden)
    {
        using DisposeScope scope = NewDisposeScope();
        using GoldenFile expected = new(TestPaths.Golden("vision", "dinov2_layouts", $"{model}.{golden}.safetensors"));
        string weightFile = publisher == "hf"
            ? TestPaths.Golden("vision", model, "model.safetensors")
            : TestPaths.Golden("vision", "dinov2_layouts", $"{model}.{publisher}.safetensors");
        using SafetensorsFile file = SafetensorsFile.Open(weightFile);
        using WeightReader weights = new(file);
        Dinov2Encoder encoder = Dinov2Encoder.Create(
            Dinov2Config.From(ConfigReader.Open(TestPaths.Golden("vision", model))), weights);

        Tensor last = encoder.FinalNorm(encoder.HiddenStates(expected.Read("pixel_values")).Last());

        GoldenFile.AssertCloseToScale(expected.Read($"{publisher}.last_hidden_state"), last, Tolerance, publisher);
    }

    [Theory]
    [InlineData("resnet18-toy", "pooled", "penultimate_stage_mean")]
    [InlineData("clip-toy", "penultimate_cls", "pooled", "embeds")]
    public void Encode_ToyImages_GivesTheExpectedFeatures(string model, params string[] names)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(Path.Combine(TestPaths.Toy, "models", model));
        using GoldenFile expected = new(Path.Combine(TestPaths.Toy, "expected", $"features-{model}.safetensors"));

        Tensor[] features = loaded.Image!.Encode(
            expected.Read("pixel_values"), [.. names.Select(FeatureSelection.Parse)]);

        for (int i = 0; i < names.Length; i++)
        {
            double tolerance = names[i].StartsWith("penultimate", StringComparison.Ordinal) ? 2e-5 : 1e-5;
            GoldenFile.AssertClose(expected.Read(names[i]), features[i], tolerance, $"{model} {names[i]}");
        }
    }

    private static void CheckStates(ImageEncoder encoder, GoldenFile expected, string prefix, string what)
    {
        Tensor[] states = [.. encoder.HiddenStates(expected.Read("pixel_values"))];
        for (int i = 0; i < states.Length; i++)
        {
            string name = $"{prefix}hidden_states.{i}";
            if (expected.Has(name))
            {
                GoldenFile.AssertCloseToScale(expected.Read(name), states[i], Tolerance, $"{what} {name}");
            }
        }
    }

    private static void CheckClip(LoadedEncoder loaded, string path)
    {
        using GoldenFile expected = new(path);
        Tensor images = expected.Read("pixel_values");
        Tensor ids = expected.Read("input_ids");
        Tensor mask = expected.Read("attention_mask");
        CheckStates(Assert.IsAssignableFrom<ImageEncoder>(loaded.Image), expected, "vision.", path);
        Tensor[] states = [.. Assert.IsAssignableFrom<TextEncoder>(loaded.Text).HiddenStates(new Texts(ids, mask))];
        for (int i = 0; i < states.Length; i++)
        {
            Check($"text.hidden_states.{i}", states[i]);
        }

        string[] names = ["penultimate_cls", "last_cls", "last_patch_mean", "pooled", "embeds"];
        Tensor[] vision = loaded.Image!.Encode(images, [.. names.Select(FeatureSelection.Parse)]);
        Check("vision.cls_penultimate", vision[0]);
        Check("vision.cls_last", vision[1]);
        Check("vision.mean_patch", vision[2]);
        Check("vision.pooler_output", vision[3]);
        Check("image_embeds", vision[4]);
        names = ["pooled", "embeds"];
        Tensor[] text = loaded.Text!.Encode(ids, [.. names.Select(FeatureSelection.Parse)], mask);
        Check("text.pooler_output", text[0]);
        Check("text_embeds", text[1]);
        Check("nomask.text_embeds", loaded.Text.Encode(ids, [FeatureSelection.Parse("embeds")])[0]);

        void Check(string name, Tensor actual) =>
            GoldenFile.AssertCloseToScale(expected.Read(name), actual, Tolerance, $"{path} {name}");
    }
}
