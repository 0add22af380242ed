using AlignBench.Models;
using AlignBench.Models.Language;
using AlignBench.Models.Vision;
using AlignBench.Nn.Weights;
using AlignBench.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Models;

/// <summary>What the goldens of the vision models say; see their README.</summary>
internal static class VisionModelGolden
{
    /// <summary>
    /// Of the largest magnitude; the noise between two correct float32 ways is up to 1.3e-6.
    /// </summary>
    public const double Tolerance = 1e-5;

    /// <summary>A transformer: hidden states and features of one golden file.</summary>
    public static void CheckTransformer(string folder, string golden)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(folder);
        using GoldenFile expected = new(Path.Combine(folder, $"{golden}.safetensors"));
        ImageEncoder encoder = Assert.IsAssignableFrom<ImageEncoder>(loaded.Image);
        Tensor images = expected.Read("pixel_values");
        bool clip = loaded.Text is not null;
        Tensor[] states = CheckStates(encoder, images, expected, "", $"{folder}/{golden}");
        if (!clip)
        {
            Check("last_hidden_state", encoder.FinalNorm(states[^1]));
        }

        string[] goldens = ["cls_penultimate", "cls_last", "mean_patch", "pooler_output"];
        string[] features = clip
            ? ["penultimate_cls", "last_cls", "last_patch_mean", "pooled"]
            : ["penultimate_cls", "last_cls_norm", "last_patch_mean_norm", "pooled"];
        for (int i = 0; i < goldens.Length; i++)
        {
            if (expected.Has(goldens[i]))
            {
                Check(goldens[i], encoder.Encode(images, [FeatureSelection.Parse(features[i])])[0]);
            }
        }

        void Check(string name, Tensor actual)
        {
            if (expected.Has(name))
            {
                GoldenFile.AssertCloseToScale(
                    expected.Read(name), actual, Tolerance, $"{folder}/{golden} {name}");
            }
        }
    }

    /// <summary>Both sides of CLIP.</summary>
    public static void CheckClip(string folder, string golden)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(folder);
        using GoldenFile expected = new(golden);
        Tensor images = expected.Read("pixel_values");
        Texts texts = new(expected.Read("input_ids"), expected.Read("attention_mask"));
        CheckStates(Assert.IsAssignableFrom<ImageEncoder>(loaded.Image), images, expected, "vision.", folder);
        Tensor[] states = [.. Assert.IsAssignableFrom<TextEncoder>(loaded.Text).HiddenStates(texts)];
        for (int i = 0; i < states.Length; i++)
        {
            Check($"text.hidden_states.{i}", states[i]);
        }

        CheckImage("vision.cls_penultimate", "penultimate_cls");
        CheckImage("vision.cls_last", "last_cls");
        CheckImage("vision.mean_patch", "last_patch_mean");
        CheckImage("vision.pooler_output", "pooled");
        CheckImage("image_embeds", "embeds");
        CheckText("text.pooler_output", "pooled", texts.Mask);
        CheckText("text_embeds", "embeds", texts.Mask);
        CheckText("nomask.text_embeds", "embeds", mask: null);
        Check("text_embeds", Packed("embeds"));
        Check("text.pooler_output", Packed("pooled"));

        void CheckImage(string name, string feature) =>
            Check(name, loaded.Image!.Encode(images, [FeatureSelection.Parse(feature)])[0]);

        void CheckText(string name, string feature, Tensor? mask) =>
            Check(name, loaded.Text!.EncodePadded(texts.Ids, [FeatureSelection.Parse(feature)], mask)[0]);

        Tensor Packed(string feature)
        {
            long[] lengths = texts.Mask!.sum(1).data<long>().ToArray();
            long[][] ids = [.. texts.ToArrays().Zip(lengths, (row, length) => row[..(int)length])];
            return loaded.Text!.Encode(ids, [FeatureSelection.Parse(feature)])[0];
        }

        void Check(string name, Tensor actual) =>
            GoldenFile.AssertCloseToScale(expected.Read(name), actual, Tolerance, $"{folder} {name}");
    }

    /// <summary>A ResNet: every stage's map, and the pooled features.</summary>
    public static void CheckResNet(string folder)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(folder);
        using GoldenFile expected = new(Path.Combine(folder, "golden.safetensors"));
        ResNetEncoder encoder = Assert.IsType<ResNetEncoder>(loaded.Image);
        Tensor images = expected.Read("pixel_values");
        Tensor[] maps = [.. encoder.Maps(images)];
        string[] names = expected.Has("stem")
            ? ["stem", "layer1", "layer2", "layer3", "layer4"]
            : [.. Enumerable.Range(0, maps.Length).Select(i => $"hidden_states.{i}")];
        for (int i = 0; i < names.Length; i++)
        {
            GoldenFile.AssertCloseToScale(
                expected.Read(names[i]), maps[i], Tolerance, $"{folder} {names[i]}");
        }

        Tensor[] features = encoder.Encode(
            images, [FeatureSelection.Parse("pooled"), FeatureSelection.Parse("penultimate_stage_mean")]);
        GoldenFile.AssertCloseToScale(expected.Read("avgpool"), features[0], Tolerance, $"{folder} pooled");
        GoldenFile.AssertCloseToScale(maps[^2].mean([2, 3]), features[1], Tolerance, $"{folder} penultimate");
    }

    /// <summary>
    /// DINOv2's weights under a publisher's names, with the config of transformers' folder.
    /// </summary>
    /// <param name="folder">Transformers' folder.</param>
    /// <param name="weightFile">The same weights under any names.</param>
    /// <param name="publisher">hf, original or timm.</param>
    /// <param name="golden">What each publisher's code computes.</param>
    public static void CheckDinov2Layout(string folder, string weightFile, string publisher, string golden)
    {
        using DisposeScope scope = NewDisposeScope();
        using GoldenFile expected = new(golden);
        using SafetensorsFile file = SafetensorsFile.Open(weightFile);
        using WeightReader weights = new(file);
        Dinov2Encoder encoder = Dinov2Encoder.Create(Dinov2Config.From(ConfigReader.Open(folder)), weights);

        Tensor last = encoder.FinalNorm(encoder.HiddenStates(expected.Read("pixel_values")).Last());

        GoldenFile.AssertCloseToScale(
            expected.Read($"{publisher}.last_hidden_state"), last, Tolerance, weightFile);
    }

    private static Tensor[] CheckStates(
        ImageEncoder encoder, Tensor images, GoldenFile expected, string prefix, string what)
    {
        Tensor[] states = [.. encoder.HiddenStates(images)];
        for (int i = 0; i < states.Length; i++)
        {
            string name = $"{prefix}hidden_states.{i}";
            if (expected.Has(name))
            {
                GoldenFile.AssertCloseToScale(expected.Read(name), states[i], Tolerance, $"{what} {name}");
            }
        }

        return states;
    }
}
