using System.Text.Json.Nodes;
using AlignBench.Models;
using AlignBench.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Models;

/// <summary>One of CLIP's towers, saved on its own as transformers does, is that tower of the whole.</summary>
public class ClipTowerTests
{
    private static readonly string s_whole = TestPaths.Golden("vision", "clip_gelu_eos");

    [Theory]
    [InlineData("CLIPVisionModelWithProjection", "penultimate_cls", "pooled", "embeds")]
    [InlineData("CLIPVisionModel", "penultimate_cls", "pooled", "last_mean")]
    public void Encode_TheVisionTowerAlone_GivesTheSameBits(string architecture, params string[] features)
    {
        using DisposeScope scope = NewDisposeScope();
        using ModelFolder folder = Tower("vision", architecture);
        using LoadedEncoder whole = EncoderLoader.Load(s_whole);
        using LoadedEncoder alone = EncoderLoader.Load(folder.Path);
        FeatureSelection[] wanted = [.. features.Select(FeatureSelection.Parse)];
        using GoldenFile golden = new(Path.Combine(s_whole, "golden.safetensors"));
        Tensor images = golden.Read("pixel_values");

        Assert.Null(alone.Text);
        AssertSame(whole.Image!.Encode(images, wanted), alone.Image!.Encode(images, wanted));
    }

    [Theory]
    [InlineData("CLIPTextModelWithProjection", "penultimate_mean", "pooled", "embeds")]
    [InlineData("CLIPTextModel", "penultimate_mean", "pooled", "last_mean")]
    public void Encode_TheTextTowerAlone_GivesTheSameBits(string architecture, params string[] features)
    {
        using DisposeScope scope = NewDisposeScope();
        using ModelFolder folder = Tower("text", architecture);
        using LoadedEncoder whole = EncoderLoader.Load(s_whole);
        using LoadedEncoder alone = EncoderLoader.Load(folder.Path);
        FeatureSelection[] wanted = [.. features.Select(FeatureSelection.Parse)];
        using GoldenFile golden = new(Path.Combine(s_whole, "golden.safetensors"));
        Tensor stored = golden.Read("input_ids");                                        // [B, N]
        long[][] ids = [.. stored.data<long>().ToArray().Chunk((int)stored.shape[1])];

        Assert.Null(alone.Image);
        AssertSame(whole.Text!.Encode(ids, wanted), alone.Text!.Encode(ids, wanted));
    }

    [Fact]
    public void ThrowIfUnsupported_EmbedsWithoutAProjection_SaysSo()
    {
        using ModelFolder folder = Tower("text", "CLIPTextModel");
        using LoadedEncoder alone = EncoderLoader.Load(folder.Path);

        ConfigException e = Assert.Throws<ConfigException>(
            () => alone.Text!.ThrowIfUnsupported(FeatureSelection.Parse("embeds")));

        Assert.Contains("projection", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AProjectionThatIsNotThere_IsMissed()
    {
        using ModelFolder folder = Tower("text", "CLIPTextModel");
        folder.With("architectures", "[\"CLIPTextModelWithProjection\"]");

        CheckpointException e = Assert.Throws<CheckpointException>(() => EncoderLoader.Load(folder.Path));

        Assert.Contains("missing tensor text_projection.weight", e.Message, StringComparison.Ordinal);
    }

    private static void AssertSame(Tensor[] expected, Tensor[] actual) => Assert.Equal(
        expected.Select(tensor => tensor.data<float>().ToArray()),
        actual.Select(tensor => tensor.data<float>().ToArray()));

    private static ModelFolder Tower(string side, string architecture)
    {
        ModelFolder folder = new();
        JsonNode config = JsonNode.Parse(File.ReadAllText(Path.Combine(s_whole, "config.json")))![$"{side}_config"]!;
        config["architectures"] = new JsonArray(architecture);
        File.WriteAllText(Path.Combine(folder.Path, "config.json"), config.ToJsonString());
        string projection = side == "text" ? "text_projection." : "visual_projection.";
        bool projects = architecture.EndsWith("WithProjection", StringComparison.Ordinal);
        using SafetensorsFile whole = SafetensorsFile.Open(Path.Combine(s_whole, "model.safetensors"));
        StoredTensor[] own =
        [
            .. whole.Tensors.Values.Where(tensor =>
                tensor.Name.StartsWith($"{side}_model.", StringComparison.Ordinal)
                || (projects && tensor.Name.StartsWith(projection, StringComparison.Ordinal))),
        ];
        using SafetensorsWriter writer = new(
            Path.Combine(folder.Path, "model.safetensors"),
            own.Select(tensor => new TensorSpec(tensor.Name, tensor.Type, tensor.Shape)));
        foreach (StoredTensor tensor in own)
        {
            writer.Write<float>(tensor.Name, whole.Read<float>(tensor.Name));
        }

        writer.Commit();
        return folder;
    }
}
