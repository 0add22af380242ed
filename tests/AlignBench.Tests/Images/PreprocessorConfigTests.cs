using AlignBench.Images;

namespace AlignBench.Tests.Images;

public sealed class PreprocessorConfigTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void FromFile_Dinov2_EqualsThePreset() => AssertSame("dinov2_hf", """
        {"crop_size": {"height": 224, "width": 224}, "do_center_crop": true, "do_convert_rgb": true,
         "do_normalize": true, "do_rescale": true, "do_resize": true, "image_mean": [0.485, 0.456, 0.406],
         "image_processor_type": "BitImageProcessor", "image_std": [0.229, 0.224, 0.225], "resample": 3,
         "rescale_factor": 0.00392156862745098, "size": {"shortest_edge": 256}}
        """);

    [Fact]
    public void FromFile_Dinov2AsTransformers5Writes_EqualsThePreset() => AssertSame("dinov2_hf", """
        {"crop_size": {"height": 224, "width": 224}, "data_format": "channels_first",
         "default_to_square": false, "device": null, "disable_grouping": null, "do_center_crop": true,
         "do_convert_rgb": true, "do_normalize": true, "do_pad": null, "do_rescale": true, "do_resize": true,
         "image_mean": [0.485, 0.456, 0.406],
         "image_processor_type": "BitImageProcessorFast", "image_std": [0.229, 0.224, 0.225],
         "input_data_format": null, "pad_size": null, "resample": 3,
         "rescale_factor": 0.00392156862745098, "return_tensors": null,
         "size": {"shortest_edge": 256}}
        """);

    [Fact]
    public void FromFile_OldClip_EqualsThePreset() => AssertSame("clip_hf", """
        {"crop_size": 224, "do_center_crop": true, "do_normalize": true, "do_resize": true,
         "feature_extractor_type": "CLIPFeatureExtractor", "image_mean": [0.48145466, 0.4578275, 0.40821073],
         "image_std": [0.26862954, 0.26130258, 0.27577711], "resample": 3, "size": 224}
        """);

    [Fact]
    public void FromFile_OldResNet_EqualsThePreset() => AssertSame("resnet18_hf", """
        {"crop_pct": 0.875, "do_normalize": true, "do_resize": true,
         "feature_extractor_type": "ConvNextFeatureExtractor", "image_mean": [0.485, 0.456, 0.406],
         "image_std": [0.229, 0.224, 0.225], "resample": 3, "size": 224}
        """);

    [Fact]
    public void FromFile_Vit_EqualsThePreset() => AssertSame("vit", """
        {"do_normalize": true, "do_resize": true, "image_mean": [0.5, 0.5, 0.5],
         "image_processor_type": "ViTFeatureExtractor",
         "image_std": [0.5, 0.5, 0.5], "resample": 2, "size": 224}
        """);

    // A key left out has its class's default, as in transformers.
    [Theory]
    [InlineData("CLIPImageProcessor", "clip_hf")]
    [InlineData("ViTImageProcessor", "vit")]
    public void FromFile_TypeAlone_HasTheClassDefaults(string type, string preset) =>
        AssertSame(preset, $$"""{"image_processor_type": "{{type}}"}""");

    [Fact]
    public void FromFile_ConvNextAt384_SquashesWithoutCrop()
    {
        ImageProcessor processor = Read(
            """{"image_processor_type": "ConvNextImageProcessor", "size": {"shortest_edge": 384}}""");

        Assert.Equal(new ResizeRule.Exactly(384, 384), processor.Resize);
        Assert.Null(processor.Crop);
        Assert.Equal((384, 384), (processor.Width, processor.Height));
    }

    [Fact]
    public void FromFile_StepsSwitchedOff_AreLeftOut()
    {
        ImageProcessor processor = Read("""
            {"image_processor_type": "CLIPImageProcessor", "do_resize": false, "do_rescale": false,
             "do_normalize": false, "crop_size": {"height": 3, "width": 5}}
            """);

        Assert.Equal((5, 3), (processor.Width, processor.Height));
        Assert.Equal(new ResizeRule.Keep(), processor.Resize);
        Assert.Equal(200f, processor.Normalization.ValueOf(1, 200));
    }

    [Theory]
    [InlineData("BitImageProcessor", "\"do_pad\": true", "do_pad: expected no such key, got true")]
    [InlineData("BitImageProcessor", "\"rescale_offset\": true", "rescale_offset: expected no such key")]
    [InlineData("BitImageProcessor", "\"resample\": 6", "resample: expected one of Pillow's filters")]
    [InlineData("BitImageProcessor", "\"resample\": \"bicubic\"", "resample: expected a whole number")]
    [InlineData("BitImageProcessor", "\"do_resize\": \"yes\"", "do_resize: expected true or false")]
    [InlineData("BitImageProcessor", "\"do_center_crop\": false", "do_center_crop: expected true")]
    [InlineData("BitImageProcessor", "\"size\": {\"shortest_edge\": 2, \"max\": 5}", "size: expected")]
    [InlineData("BitImageProcessor", "\"size\": {\"shortest_edge\": 0}", "size: expected whole numbers")]
    [InlineData("BitImageProcessor", "\"size\": [224, 224]", "size: expected a size")]
    [InlineData("BitImageProcessor", "\"crop_size\": {\"shortest_edge\": 2}", "crop_size: expected a number")]
    [InlineData("BitImageProcessor", "\"image_mean\": [0.5, 0.5]", "image_mean: expected three numbers")]
    [InlineData("BitImageProcessor", "\"image_std\": [0.5, 0.0, 0.5]", "image_std: expected three numbers o")]
    [InlineData("ConvNextImageProcessor", "\"crop_pct\": 0", "crop_pct: expected a number over 0")]
    [InlineData("ConvNextImageProcessor", "\"size\": {\"height\": 2, \"width\": 2}", "size: expected a sh")]
    [InlineData("ViTImageProcessor", "\"do_center_crop\": true", "crop_size: expected a number")]
    [InlineData("LevitFeatureExtractor", "\"size\": 224", "expected one of BitImageProcessor, ")]
    public void FromFile_UnsupportedValue_IsRefusedByName(string type, string field, string words) =>
        AssertRefused($$"""{"image_processor_type": "{{type}}", {{field}}}""", words);

    [Theory]
    [InlineData("{\"size\": 224}", "image_processor_type: expected a name, got nothing")]
    [InlineData("[]", "expected a JSON object")]
    [InlineData("{", "expected")]
    public void FromFile_NoConfig_IsRefused(string json, string words) => AssertRefused(json, words);

    [Fact]
    public void FromFile_NoFile_NamesIt()
    {
        string missing = _file + ".missing";
        CheckpointException e = Assert.Throws<CheckpointException>(() => ImageProcessor.FromFile(missing));
        Assert.Contains(missing, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromFile_EveryToyModel_IsRead()
    {
        string[] files =
            Directory.GetFiles(TestPaths.Toy, "preprocessor_config.json", SearchOption.AllDirectories);
        foreach (string file in files)
        {
            Assert.InRange(ImageProcessor.FromFile(file).Width, 56, 64);
        }
    }

    private void AssertRefused(string json, string words)
    {
        CheckpointException e = Assert.Throws<CheckpointException>(() => Read(json));

        Assert.StartsWith(_file + ": ", e.Message, StringComparison.Ordinal);
        Assert.Contains(words, e.Message, StringComparison.OrdinalIgnoreCase);
    }

    private void AssertSame(string preset, string json) =>
        Assert.Equal(ImageProcessorPresets.Find(preset).Fingerprint, Read(json).Fingerprint);

    private ImageProcessor Read(string json)
    {
        File.WriteAllText(_file, json);
        return ImageProcessor.FromFile(_file);
    }
}
