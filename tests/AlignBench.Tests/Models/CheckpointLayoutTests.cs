using AlignBench.Models;
using AlignBench.Tests.Cli;
using TorchSharp;

namespace AlignBench.Tests.Models;

public class CheckpointLayoutTests
{
    [Theory]
    [InlineData("text/formats/a0_one_file", null, "in model.safetensors, stored as F32, names of Hugging Face under model.")]
    [InlineData(
        "text/formats/a_sharded_safetensors",
        null,
        "in model-00001-of-00003.safetensors and 2 more, stored as F32, names of Hugging Face under model.")]
    [InlineData("text/formats/e_bf16", null, "in model.safetensors, stored as BF16, names of Hugging Face under model.")]
    [InlineData("text/formats/b_bin_zip", null, "in pytorch_model.bin, stored as F32, names of Hugging Face under model.")]
    [InlineData("vision/vit_classifier", null, "in model.safetensors, stored as F32, names of Hugging Face under vit.")]
    [InlineData("vision/dinov2_base", "dinov2_layouts/dinov2_base.timm.safetensors", "names of timm")]
    [InlineData("vision/dinov2_base", "dinov2_layouts/dinov2_base.original.safetensors", "names of facebookresearch")]
    [InlineData("vision/clip_quickgelu_legacy_eos", "clip_quickgelu_legacy_eos/openai_names.safetensors", "names of OpenAI")]
    [InlineData("vision/resnet18_tiny_torchvision", null, "names of torchvision")]
    public void Layout_OfEachKind_IsSaidInWords(string model, string? weights, string words)
    {
        using ModelFolder folder = ModelFolder.CopyOf(TestPaths.Golden(model.Split('/')));
        if (weights is not null)
        {
            File.Copy(
                TestPaths.Golden(["vision", .. weights.Split('/')]),
                Path.Combine(folder.Path, "model.safetensors"),
                overwrite: true);
        }

        using LoadedEncoder loaded = EncoderLoader.Load(folder.Path, torch.META);

        Assert.Matches(@"^\d+ tensors in ", loaded.Layout.ToString());
        Assert.EndsWith(words, loaded.Layout.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extract_Verbose_ShowsTheLayout()
    {
        using TemporaryFolder folder = new();
        string model = Path.Combine(TestPaths.Toy, "models", "dinov2-toy-s");
        string[] line =
        [
            "extract", "--model", model, "--format", "flickr30k", "--data", Path.Combine(TestPaths.Toy, "data", "flickr30k"),
            "--features", folder.File("features"), "--limit", "1",
        ];

        AppRun quiet = await AppRun.Of(line);
        AppRun verbose = await AppRun.Of([.. line, "--verbose"]);

        Assert.DoesNotContain(" tensors in ", quiet.Error, StringComparison.Ordinal);
        Assert.Contains($"{model}: ", verbose.Error, StringComparison.Ordinal);
        Assert.Contains(" tensors in model.safetensors, stored as F16, names of Hugging Face", verbose.Error, StringComparison.Ordinal);
    }
}
