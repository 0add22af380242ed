using AlignBench.Models;
using AlignBench.Models.Vision;
using AlignBench.Nn.Weights;
using AlignBench.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Models.Vision;

public class Dinov2EncoderTests
{
    private const double Tolerance = VisionModelGolden.Tolerance;

    [Theory]
    [InlineData("dinov2_base", "golden")]
    [InlineData("dinov2_base", "golden_up_63x63")]
    [InlineData("dinov2_base", "golden_nonsquare_28x49")]
    [InlineData("dinov2_base", "golden_samecount_63x28")]
    [InlineData("dinov2_base", "golden_remainder_45x44")]
    [InlineData("dinov2_grid37", "golden")]
    [InlineData("dinov2_grid37", "golden_nonsquare_42x70")]
    [InlineData("dinov2_swiglu", "golden")]
    [InlineData("dinov2_swiglu", "golden_up_42x42")]
    [InlineData("dinov2_options", "golden")]
    [InlineData("dinov2_reg", "golden")]
    [InlineData("dinov2_reg", "golden_down_28x28")]
    [InlineData("dinov2_reg", "golden_nonsquare_28x49")]
    [InlineData("dinov2_reg", "golden_up_63x63")]
    public void Encode_GoldenImages_GivesTransformersNumbers(string model, string golden) =>
        VisionModelGolden.CheckTransformer(TestPaths.Golden("vision", model), golden);

    // The backbone's maps are the patch tokens of a stage, as they are or after the final norm.
    [Fact]
    public void HiddenStates_GoldenBackbone_HoldTheFeatureMaps()
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(TestPaths.Golden("vision", "dinov2_base"));
        using GoldenFile expected = new(
            TestPaths.Golden("vision", "dinov2_base", "golden_backbone.safetensors"));
        Dinov2Encoder encoder = Assert.IsType<Dinov2Encoder>(loaded.Image);
        Tensor[] states = [.. encoder.HiddenStates(expected.Read("pixel_values"))];
        foreach (int stage in new[] { 2, 3 })
        {
            GoldenFile.AssertCloseToScale(
                expected.Read($"stage{stage}.raw"), Map(states[stage]), Tolerance, $"stage {stage}");
            GoldenFile.AssertCloseToScale(
                expected.Read($"stage{stage}.layernorm"),
                Map(encoder.FinalNorm(states[stage])),
                Tolerance,
                $"norm {stage}");
        }

        static Tensor Map(Tensor tokens) => tokens.narrow(1, 1, 36).transpose(1, 2).reshape(2, 24, 6, 6);
    }

    [Fact]
    public void HiddenStates_PatchesHidden_AreThoseOfTheGolden()
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(TestPaths.Golden("vision", "dinov2_base"));
        using GoldenFile expected = new(
            TestPaths.Golden("vision", "dinov2_base", "golden_masked.safetensors"));
        Dinov2Encoder encoder = Assert.IsType<Dinov2Encoder>(loaded.Image);

        Tensor[] states =
        [
            .. encoder.HiddenStates(
                expected.Read("pixel_values"), expected.Read("bool_masked_pos"), classTokenOnlyAt: null),
        ];

        GoldenFile.AssertCloseToScale(expected.Read("hidden_states.0"), states[0], Tolerance, "embeddings");
        GoldenFile.AssertCloseToScale(
            expected.Read("last_hidden_state"), encoder.FinalNorm(states[^1]), Tolerance, "last");
    }

    // Weights and pixels rounded to bfloat16, float32 in between: what a checkpoint stored so gives. To the
    // model that computes in bfloat16 all along it is near by the cosine of each token, not element by
    // element.
    [Fact]
    public void HiddenStates_WeightsStoredInBfloat16_AreThoseOfTheGolden()
    {
        using DisposeScope scope = NewDisposeScope();
        string folder = TestPaths.Golden("vision", "dinov2_base");
        using GoldenFile expected = new(Path.Combine(folder, "golden_bf16.safetensors"));
        using Bfloat16Weights source = new(Checkpoint.Open(folder));
        using LoadedEncoder loaded = EncoderLoader.Build(
            folder, ConfigReader.Open(folder), source, new WeightReader(source));
        ImageEncoder encoder = Assert.IsAssignableFrom<ImageEncoder>(loaded.Image);
        Tensor pixels = expected.Read("pixel_values").to(ScalarType.BFloat16).to(ScalarType.Float32);

        Tensor last = encoder.FinalNorm(encoder.HiddenStates(pixels).Last());

        GoldenFile.AssertCloseToScale(
            expected.Read("bf16_weights_fp32_math.last_hidden_state"), last, Tolerance, "float32 in between");
        Tensor all = expected.Read("bf16.last_hidden_state");
        Tensor cosine = (last * all).sum(-1) / ((last * last).sum(-1) * (all * all).sum(-1)).sqrt();
        Assert.InRange(cosine.min().item<float>(), 0.999f, 1.0001f);
    }

    [Theory]
    [InlineData("dinov2-toy-s")]
    [InlineData("dinov2-toy-m")]
    [InlineData("dinov2-toy-l")]
    public void Encode_ToyImages_GivesTheExpectedFeatures(string model)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(Path.Combine(TestPaths.Toy, "models", model));
        using GoldenFile expected = new(
            Path.Combine(TestPaths.Toy, "expected", $"features-{model}.safetensors"));
        string[] names =
        [
            "penultimate_cls", "penultimate_cls_norm", "penultimate_patch_mean", "last_cls_norm",
            "last_patch_mean_norm",
        ];

        Tensor[] features = loaded.Image!.Encode(
            expected.Read("pixel_values"), [.. names.Select(FeatureSelection.Parse)]);

        for (int i = 0; i < names.Length; i++)
        {
            double tolerance = names[i].StartsWith("penultimate", StringComparison.Ordinal) ? 2e-5 : 1e-5;
            GoldenFile.AssertClose(expected.Read(names[i]), features[i], tolerance, $"{model} {names[i]}");
        }
    }

    // Asked for alone, the class token of the last needed block is computed without the other rows of that
    // block.
    [Theory]
    [InlineData("dinov2_base")]
    [InlineData("dinov2_reg")]
    public void Encode_ClassTokenAlone_EqualsTheOneComputedWithAllTokens(string model)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(TestPaths.Golden("vision", model));
        using GoldenFile golden = new(TestPaths.Golden("vision", model, "golden.safetensors"));
        Tensor images = golden.Read("pixel_values");

        Tensor alone = loaded.Image!.Encode(images, [FeatureSelection.PenultimateCls])[0];
        Tensor together =
            loaded.Image.Encode(images, [FeatureSelection.PenultimateCls, new(-1, Pooling.Mean)])[0];

        GoldenFile.AssertCloseToScale(together, alone, Tolerance, model);
    }

    [Fact]
    public void Encode_FromFourThreadsOneImageEach_GivesTheBitsOfOneThread()
    {
        using LoadedEncoder loaded = EncoderLoader.Load(
            Path.Combine(TestPaths.Toy, "models", "dinov2-toy-s"));
        using GoldenFile golden = new(
            Path.Combine(TestPaths.Toy, "expected", "features-dinov2-toy-s.safetensors"));
        using Tensor images = golden.Read("pixel_values");
        float[][] expected = [.. Enumerable.Range(0, 8).Select(Encode)];
        float[][] actual = new float[8][];

        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => actual[i] = Encode(i));

        Assert.Equal(expected, actual);

        float[] Encode(int image)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor feature =
                loaded.Image!.Encode(images.narrow(0, image, 1), [FeatureSelection.PenultimateCls])[0];
            return feature.data<float>().ToArray();
        }
    }

    [Theory]
    [InlineData("last_token")]
    [InlineData("embeds")]
    [InlineData("layer4_cls")]
    public void ThrowIfUnsupported_WhatTheModelDoesNotHave_IsRefusedByName(string name)
    {
        using LoadedEncoder loaded = EncoderLoader.Load(TestPaths.Golden("vision", "dinov2_base"));

        ConfigException e = Assert.Throws<ConfigException>(
            () => loaded.Image!.ThrowIfUnsupported(FeatureSelection.Parse(name)));

        Assert.Contains(FeatureSelection.Parse(name).Name, e.Message, StringComparison.Ordinal);
    }
}
