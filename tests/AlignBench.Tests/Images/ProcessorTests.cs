using System.Text.Json;
using AlignBench.Images;

namespace AlignBench.Tests.Images;

/// <summary>Whole preparations against transformers' and torchvision's, tolerance 0.</summary>
public class ProcessorTests
{
    private static readonly Dictionary<string, GoldenTensor> s_samples =
        ImageGoldens.Tensors(ImageGoldens.PathOf("processed-samples.safetensors"));

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (JsonElement row in ImageGoldens.Json("processors.json").EnumerateArray())
            {
                cases.Add(row.Text("source"), row.Text("processor"));
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Process_GoldenCase_EqualsTheReference(string source, string name)
    {
        JsonElement row = ImageGoldens.Json("processors.json").EnumerateArray().Single(
            r => r.Text("source") == source && r.Text("processor") == name);
        ImageProcessor processor = ImageProcessorPresets.Find(name);
        byte[] file = ImageGoldens.Source(source);

        float[] values = processor.Process(file);

        if (row.TryGetProperty("uint8_sha256", out JsonElement hash))
        {
            RgbImage cropped = processor.ResizeAndCrop(ImageDecoder.Decode(file, processor.Decoding));
            Assert.Equal(hash.GetString(), ImageGoldens.Sha256(cropped.Pixels));
        }

        Assert.Equal(row.GetProperty("shape")[1].GetInt32(), processor.Height);
        Assert.Equal(row.GetProperty("shape")[2].GetInt32(), processor.Width);
        if (s_samples.TryGetValue($"{source}|{name}", out GoldenTensor? sample))
        {
            Assert.Equal(sample.Floats, EverySixteenth(values, processor.Width, processor.Height));
        }

        Assert.Equal(row.Text("float32_sha256"), ImageGoldens.Sha256(values));
    }

    [Fact]
    public void All_EachIsARowOfTheDocumentedTable()
    {
        string documented = File.ReadAllText(Path.Combine(TestPaths.Root, "data", "README.md"));

        Assert.All(ImageProcessorPresets.All, preset => Assert.Contains(
            $"\n| `{preset.Name}` | {preset.Description} | {preset.Source} |\n", documented, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("dinov2-toy-s", "features-dinov2-toy-s")]
    [InlineData("clip-toy", "features-clip-toy")]
    [InlineData("resnet18-toy", "features-resnet18-toy")]
    public void Process_ToyImages_EqualsTheModelsPixelValues(string model, string features)
    {
        ImageProcessor processor =
            ImageProcessor.FromFile(Path.Combine(TestPaths.Toy, "models", model, "preprocessor_config.json"));
        string tensors = Path.Combine(TestPaths.Toy, "expected", features + ".safetensors");
        float[] expected = ImageGoldens.Tensors(tensors)["pixel_values"].Floats;
        string[] files = Directory.GetFiles(Path.Combine(TestPaths.Toy, "data", "coco", "val"));
        IEnumerable<string> firstIds = files.Order(StringComparer.Ordinal).Take(8);

        float[] values = [.. firstIds.SelectMany(f => processor.Process(File.ReadAllBytes(f)))];

        Assert.Equal(expected, values);
    }

    [Fact]
    public void Fingerprint_ChangesWithEverySetting()
    {
        ImageProcessor dinov2 = ImageProcessorPresets.Find("dinov2_hf");
        ImageProcessor[] others =
        [
            dinov2 with { Resize = new ResizeRule.ShortestEdge(224) },
            dinov2 with { Filter = ResizeFilter.Bilinear },
            dinov2 with { PassOrder = PassOrder.Pillow12 },
            dinov2 with { Crop = new CenterCrop(224, 224, CropConvention.Torchvision) },
            dinov2 with { Crop = null },
            dinov2 with { Decoding = dinov2.Decoding with { ApplyOrientation = false } },
            dinov2 with { Decoding = dinov2.Decoding with { Alpha = AlphaRule.Drop } },
            dinov2 with { Decoding = dinov2.Decoding with { Gray16 = Gray16Rule.Scale } },
            dinov2 with { Normalization = new(1.0, [0.0, 0.0, 0.0], [1.0, 1.0, 1.0]) },
            dinov2 with { Normalization = new(1.0, null, null) },
            dinov2,
        ];

        Assert.Equal(others.Length, others.Select(p => p.Fingerprint).Distinct().Count());
        Assert.Equal(
            "image processor 1; orientation applied; alpha OnWhite; gray16 Clip; "
            + "resize ShortestEdge { Pixels = 256 } Bicubic Pillow13; crop 224 x 224 Transformers; "
            + "rescale 0.00392156862745098 mean 0.485 0.456 0.406 std 0.229 0.224 0.225",
            dinov2.Fingerprint);
    }

    [Fact]
    public void Find_UnknownName_ListsThePresets()
    {
        ConfigException e = Assert.Throws<ConfigException>(() => ImageProcessorPresets.Find("dino"));
        Assert.Contains("dinov2_hf", e.Message, StringComparison.Ordinal);
    }

    // x[:, ::16, ::16]
    private static float[] EverySixteenth(float[] values, int width, int height) =>
    [
        .. from c in Enumerable.Range(0, 3)
           from y in Enumerable.Range(0, (height + 15) / 16)
           from x in Enumerable.Range(0, (width + 15) / 16)
           select values[(c * height * width) + (16 * y * width) + (16 * x)],
    ];
}
