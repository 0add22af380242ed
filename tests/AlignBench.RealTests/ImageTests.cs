using System.Security.Cryptography;
using System.Text.Json;
using AlignBench.Images;

namespace AlignBench.RealTests;

public class ImageTests
{
    // Photographs at their native sizes: each decodes without a complaint, to the size that the annotations
    // say.
    [Fact]
    public void Decode_CocoPhotos_HaveTheAnnotatedSizes()
    {
        using JsonDocument captions = JsonDocument.Parse(
            File.ReadAllBytes(SharedPaths.Of("data", "coco", "annotations", "captions_val2017.json")));
        JsonElement images = captions.RootElement.GetProperty("images");
        Dictionary<string, (int, int)> sizes = images.EnumerateArray().ToDictionary(
            i => i.GetProperty("file_name").GetString()!,
            i => (i.GetProperty("width").GetInt32(), i.GetProperty("height").GetInt32()));
        string[] files = Directory.GetFiles(SharedPaths.Of("data", "coco", "val2017"), "*.jpg");

        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            RgbImage image = ImageDecoder.Decode(File.ReadAllBytes(file), new DecodeOptions());
            Assert.Equal(sizes[Path.GetFileName(file)], (image.Width, image.Height));
            Assert.Null(image.Warning);
        }
    }

    [Fact]
    public void Resize_EveryGoldenHash_IsEqual()
    {
        Assert.All(ResizeCases(), row =>
        {
            RgbImage image = ImageDecoder.Decode(Source(row), new DecodeOptions());
            RgbImage resized = PillowResize.Resize(
                image,
                row.GetProperty("width").GetInt32(),
                row.GetProperty("height").GetInt32(),
                Enum.Parse<ResizeFilter>(row.GetProperty("filter").GetString()!, ignoreCase: true));
            string sha256 = Convert.ToHexStringLower(SHA256.HashData(resized.Pixels));
            Assert.Equal(row.GetProperty("sha256").GetString(), sha256);
        });
    }

    // The pictures that Pillow wrote, read back as PNG, are what this resize gives.
    [Fact]
    public void Resize_GoldenPictures_AreEqual()
    {
        JsonElement[] drawn = [.. ResizeCases().Where(r => r.TryGetProperty("png", out _))];

        Assert.NotEmpty(drawn);
        Assert.All(drawn, row =>
        {
            string picture = SharedPaths.Of("goldens", "images", row.GetProperty("png").GetString()!);
            RgbImage expected = ImageDecoder.Decode(File.ReadAllBytes(picture), new DecodeOptions());
            RgbImage resized = PillowResize.Resize(
                ImageDecoder.Decode(Source(row), new DecodeOptions()),
                expected.Width,
                expected.Height,
                Enum.Parse<ResizeFilter>(row.GetProperty("filter").GetString()!, ignoreCase: true));
            Assert.Equal(expected.Pixels, resized.Pixels);
        });
    }

    private static JsonElement[] ResizeCases()
    {
        using JsonDocument cases = JsonDocument.Parse(
            File.ReadAllBytes(SharedPaths.Of("goldens", "images", "resize.json")));
        return [.. cases.RootElement.EnumerateArray().Select(row => row.Clone())];
    }

    private static byte[] Source(JsonElement row) => File.ReadAllBytes(
        SharedPaths.Of("goldens", "images", "sources", row.GetProperty("source").GetString()!));
}
