using AlignBench.Images;

namespace AlignBench.Tests.Images;

public class PretrainedConfigTests
{
    private const string Timm = """
        { "architecture": "resnet18", "num_classes": 1000, "pretrained_cfg": {
          "tag": "a1_in1k", "input_size": [3, 224, 224], "fixed_input_size": false, "interpolation": "bicubic",
          "crop_pct": 0.95, "crop_mode": "center", "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225] } }
        """;

    // timm: floor(224 / .95) = 235 for the shorter side, then 224 from the middle.
    [Fact]
    public void Read_Timm_ResizesByItsCropShare()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("config.json", Timm);

        ImageProcessor processor = ImageProcessor.FromConfig(path);

        Assert.True(ImageProcessor.IsInConfig(path));
        Assert.Equal(new ResizeRule.ShortestEdge(235), processor.Resize);
        Assert.Equal(ResizeFilter.Bicubic, processor.Filter);
        Assert.Equal(new CenterCrop(224, 224, CropConvention.Torchvision), processor.Crop);
    }

    // With the shorter side, the scale and the order of colours spelled out it is torchvision's preparation of ResNets.
    [Fact]
    public void Read_EverythingSpelledOut_IsTorchvisions()
    {
        using TemporaryFolder folder = new();
        string spelled = "\"resize_shorter_side\": 256, \"rescale\": 0.00392156862745098, \"crop\": \"center\", "
            + "\"channel_order\": \"RGB\"";
        string path = folder.Write(
            "config.json",
            Timm.Replace("\"crop_pct\": 0.95", spelled, StringComparison.Ordinal)
                .Replace("bicubic", "bilinear", StringComparison.Ordinal));

        Assert.Equal(
            ImageProcessorPresets.Find("resnet18_torchvision").Fingerprint, ImageProcessor.FromConfig(path).Fingerprint);
    }

    [Theory]
    [InlineData("[3, 224, 224]", "[3, 224, 192]", "input_size: expected [3, side, side]")]
    [InlineData("\"bicubic\"", "\"random\"", "interpolation: expected bilinear or bicubic or lanczos")]
    [InlineData("\"center\"", "\"squash\"", "crop_mode: expected 'center'")]
    [InlineData("0.95", "1.5", "crop_pct: expected a number over 0 and up to 1")]
    public void Read_WhatIsNotSupported_IsRefusedByName(string right, string wrong, string expected)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("config.json", Timm.Replace(right, wrong, StringComparison.Ordinal));

        CheckpointException failure = Assert.Throws<CheckpointException>(() => ImageProcessor.FromConfig(path));

        Assert.StartsWith(path, failure.Message, StringComparison.Ordinal);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void IsInConfig_OfAnotherModel_IsFalse()
    {
        using TemporaryFolder folder = new();

        Assert.False(ImageProcessor.IsInConfig(folder.Write("config.json", "{ \"model_type\": \"bloom\" }")));
        Assert.False(ImageProcessor.IsInConfig(folder.Write("config.json", "not JSON")));
        Assert.False(ImageProcessor.IsInConfig(folder.File("none.json")));
    }
}
