using AlignBench.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Models;

/// <summary>Vision models against their goldens, and DINOv2 under every publisher's names.</summary>
public class VisionModelTests
{
    [Theory]
    [InlineData("vit_model", "golden")]
    [InlineData("vit_model", "golden_interpolated")]
    [InlineData("vit_classifier", "golden")]
    [InlineData("vit_classifier", "golden_interpolated")]
    [InlineData("clip_gelu_eos", "golden_vision_interpolated")]
    [InlineData("clip_quickgelu_legacy_eos", "golden_vision_interpolated")]
    public void Encode_GoldenImages_GivesTransformersNumbers(string model, string golden) =>
        VisionModelGolden.CheckTransformer(TestPaths.Golden("vision", model), golden);

    [Theory]
    [InlineData("clip_gelu_eos")]
    [InlineData("clip_quickgelu_legacy_eos")]
    public void Encode_Clip_GivesBothSidesOfTheGolden(string model) => VisionModelGolden.CheckClip(
        TestPaths.Golden("vision", model), TestPaths.Golden("vision", model, "golden.safetensors"));

    [Fact]
    public void Encode_ClipUnderOpenAiNames_GivesTheSameGolden()
    {
        string model = TestPaths.Golden("vision", "clip_quickgelu_legacy_eos");
        using ModelFolder folder = new();
        File.Copy(Path.Combine(model, "config.json"), Path.Combine(folder.Path, "config.json"));
        File.Copy(
            Path.Combine(model, "openai_names.safetensors"), Path.Combine(folder.Path, "model.safetensors"));

        VisionModelGolden.CheckClip(folder.Path, Path.Combine(model, "golden.safetensors"));
    }

    [Theory]
    [InlineData("resnet50_tiny_hf")]
    [InlineData("resnet_hf_options")]
    [InlineData("resnet18_tiny_torchvision")]
    public void Encode_ResNet_GivesEveryStageOfTheGolden(string model) =>
        VisionModelGolden.CheckResNet(TestPaths.Golden("vision", model));

    [Fact]
    public void Load_ResNetOfTorchvisionAsPth_GivesTheGolden()
    {
        string model = TestPaths.Golden("vision", "resnet18_tiny_torchvision");
        using ModelFolder folder = ModelFolder.CopyOf(model);
        File.Delete(Path.Combine(folder.Path, "model.safetensors"));

        VisionModelGolden.CheckResNet(folder.Path);
    }

    [Fact]
    public void ThrowIfUnsupported_ClassTokenOfAConvolutionalNetwork_IsRefused()
    {
        using LoadedEncoder loaded = EncoderLoader.Load(TestPaths.Golden("vision", "resnet_hf_options"));

        Assert.Equal("pooled", loaded.Image!.DefaultFeature.Name);
        Assert.Throws<ConfigException>(
            () => loaded.Image.ThrowIfUnsupported(FeatureSelection.PenultimateCls));
    }

    // At a size of its own each publisher fits the trained positions in its own way: features differ by up to
    // 0.6.
    [Theory]
    [InlineData("dinov2_base", "original", "golden_28x49")]
    [InlineData("dinov2_base", "timm", "golden_28x49")]
    [InlineData("dinov2_swiglu", "original", "golden_14x35")]
    [InlineData("dinov2_swiglu", "timm", "golden_14x35")]
    [InlineData("dinov2_reg", "original", "golden_28x49")]
    [InlineData("dinov2_reg", "timm", "golden_28x49")]
    public void Encode_Dinov2OfAnotherPublisher_GivesThatPublishersNumbers(
        string model, string publisher, string golden) =>
        VisionModelGolden.CheckDinov2Layout(
            TestPaths.Golden("vision", model),
            TestPaths.Golden("vision", "dinov2_layouts", $"{model}.{publisher}.safetensors"),
            publisher,
            TestPaths.Golden("vision", "dinov2_layouts", $"{model}.{golden}.safetensors"));

    [Theory]
    [InlineData("resnet18-toy", "pooled", "penultimate_stage_mean")]
    [InlineData("clip-toy", "penultimate_cls", "pooled", "embeds")]
    public void Encode_ToyImages_GivesTheExpectedFeatures(string model, params string[] names)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(Path.Combine(TestPaths.Toy, "models", model));
        using GoldenFile expected = new(
            Path.Combine(TestPaths.Toy, "expected", $"features-{model}.safetensors"));

        Tensor[] features = loaded.Image!.Encode(
            expected.Read("pixel_values"), [.. names.Select(FeatureSelection.Parse)]);

        for (int i = 0; i < names.Length; i++)
        {
            double tolerance = names[i].StartsWith("penultimate", StringComparison.Ordinal) ? 2e-5 : 1e-5;
            GoldenFile.AssertClose(expected.Read(names[i]), features[i], tolerance, $"{model} {names[i]}");
        }
    }
}
