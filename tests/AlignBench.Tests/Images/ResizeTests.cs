using System.Text.Json;
using AlignBench.Images;

namespace AlignBench.Tests.Images;

public class ResizeTests
{
    private static readonly Dictionary<string, GoldenTensor> s_small =
        ImageGoldens.Tensors(ImageGoldens.PathOf("resize-small.safetensors"));

    public static TheoryData<string> SmallCases =>
        [.. ImageGoldens.Json("resize-small.json").EnumerateArray().Select(s => s.Text("key"))];

    public static TheoryData<string, string, string> PhotoCases
    {
        get
        {
            TheoryData<string, string, string> cases = [];
            foreach (JsonElement row in ImageGoldens.Json("resize.json").EnumerateArray())
            {
                cases.Add(row.Text("source"), row.Text("filter"), row.Text("kind"));
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(SmallCases))]
    public void Resize_SmallCase_EqualsPillow13And12(string key)
    {
        JsonElement row =
            ImageGoldens.Json("resize-small.json").EnumerateArray().Single(r => r.Text("key") == key);
        RgbImage source = row.Text("source") == "rgb_97x61.png"
            ? ImageDecoder.Decode(ImageGoldens.Source("rgb_97x61.png"), new DecodeOptions())
            : ImageGoldens.Picture(s_small, row.Text("source") + ".input");
        string key12 = row.TryGetProperty("pillow12_key", out JsonElement other) ? other.GetString()! : key;

        Assert.Equal(s_small[key].Bytes, Resize(source, row, PassOrder.Pillow13).Pixels);
        Assert.Equal(s_small[key12].Bytes, Resize(source, row, PassOrder.Pillow12).Pixels);
    }

    [Theory]
    [MemberData(nameof(PhotoCases))]
    public void Resize_Photo_EqualsPillow13And12(string source, string filter, string kind)
    {
        JsonElement row = ImageGoldens.Json("resize.json").EnumerateArray().Single(
            r => r.Text("source") == source && r.Text("filter") == filter && r.Text("kind") == kind);
        RgbImage image = ImageDecoder.Decode(ImageGoldens.Source(source), new DecodeOptions());
        string sha = row.Text("sha256");
        string sha12 = row.TryGetProperty("pillow12_sha256", out JsonElement old) ? old.GetString()! : sha;

        Assert.Equal(sha, ImageGoldens.Sha256(Resize(image, row, PassOrder.Pillow13).Pixels));
        Assert.Equal(sha12, ImageGoldens.Sha256(Resize(image, row, PassOrder.Pillow12).Pixels));
    }

    // Property: a region is cut from the whole; both pass orders, odd places, all filters.
    [Fact]
    public void ResizeRegion_AnyRegion_IsThatPartOfTheWhole()
    {
        Random random = new(5);
        for (int i = 0; i < 200; i++)
        {
            RgbImage source = Noise(random, random.Next(1, 60), random.Next(1, 60));
            (int width, int height) = (random.Next(1, 70), random.Next(1, 70));
            ResizeFilter filter = (ResizeFilter)random.Next(6);
            PassOrder order = (PassOrder)random.Next(2);
            (int left, int top) = (random.Next(width), random.Next(height));
            (int right, int bottom) = (random.Next(left, width) + 1, random.Next(top, height) + 1);
            PixelRegion region = new(left, top, right - left, bottom - top);

            RgbImage whole = PillowResize.Resize(source, width, height, filter, order);
            RgbImage part = PillowResize.ResizeRegion(source, width, height, filter, region, order);

            Assert.Equal(Cut(whole, region), part.Pixels);
        }
    }

    // A slow, obvious second implementation: per pixel and channel, no vectors.
    [Fact]
    public void Resize_RandomSizes_EqualsTheScalarDefinition()
    {
        Random random = new(6);
        for (int i = 0; i < 150; i++)
        {
            RgbImage source = Noise(random, random.Next(1, 90), random.Next(1, 90));
            (int width, int height) = (random.Next(1, 90), random.Next(1, 90));
            ResizeFilter filter = (ResizeFilter)random.Next(1, 6);
            PassOrder order = (PassOrder)random.Next(2);

            byte[] expected = ScalarResize.Resize(source, width, height, filter, order);

            Assert.Equal(expected, PillowResize.Resize(source, width, height, filter, order).Pixels);
        }
    }

    private static RgbImage Resize(RgbImage image, JsonElement row, PassOrder order) => PillowResize.Resize(
        image, row.Int("width"), row.Int("height"), ImageGoldens.Filter(row.Text("filter")), order);

    private static RgbImage Noise(Random random, int width, int height)
    {
        byte[] pixels = new byte[3 * width * height];
        random.NextBytes(pixels);
        return new RgbImage(width, height, pixels);
    }

    private static byte[] Cut(RgbImage image, PixelRegion region) =>
    [
        .. Enumerable.Range(region.Top, region.Height).SelectMany(y =>
            image.Pixels.AsSpan(3 * ((y * image.Width) + region.Left), 3 * region.Width).ToArray()),
    ];
}
