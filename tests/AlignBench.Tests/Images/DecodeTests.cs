using System.Text.Json;
using AlignBench.Images;

namespace AlignBench.Tests.Images;

public class DecodeTests
{
    private static readonly JsonElement[] s_manifest =
        [.. ImageGoldens.Json("manifest.json").GetProperty("sources").EnumerateArray()];

    public static TheoryData<string> Sources => [.. s_manifest.Select(s => s.Text("file"))];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Decode_Source_EqualsPillow(string file)
    {
        JsonElement expected = s_manifest.Single(s => s.Text("file") == file);

        RgbImage image = ImageDecoder.Decode(ImageGoldens.Source(file), new DecodeOptions());

        Assert.Equal((expected.Int("width"), expected.Int("height")), (image.Width, image.Height));
        Assert.Equal(expected.Text("rgb_sha256"), ImageGoldens.Sha256(image.Pixels));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Decode_Upright_EqualsExifTranspose(string file)
    {
        JsonElement expected = s_manifest.Single(s => s.Text("file") == file);
        string hash = expected.TryGetProperty("exif_rgb_sha256", out JsonElement upright)
            ? upright.GetString()!
            : expected.Text("rgb_sha256");

        RgbImage image = ImageDecoder.Decode(ImageGoldens.Source(file), new() { ApplyOrientation = true });

        Assert.Equal(hash, ImageGoldens.Sha256(image.Pixels));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Decode_OnWhite_EqualsTransformers(string file)
    {
        JsonElement expected = s_manifest.Single(s => s.Text("file") == file);
        string hash = expected.TryGetProperty("on_white_rgb_sha256", out JsonElement onWhite)
            ? onWhite.GetString()!
            : expected.Text("rgb_sha256");

        RgbImage image = ImageDecoder.Decode(ImageGoldens.Source(file), new() { Alpha = AlphaRule.OnWhite });

        Assert.Equal(hash, ImageGoldens.Sha256(image.Pixels));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void ReadSize_Source_IsTheManifests(string file)
    {
        JsonElement expected = s_manifest.Single(s => s.Text("file") == file);

        (int width, int height) = ImageDecoder.ReadSize(ImageGoldens.Source(file));

        Assert.Equal((expected.Int("width"), expected.Int("height")), (width, height));
    }

    [Fact]
    public void Decode_SixteenBitGray_ScalesOnRequestAndWarnsWhenClipping()
    {
        byte[] file = ImageGoldens.Source("gray16_70x52.png");

        RgbImage clipped = ImageDecoder.Decode(file, new DecodeOptions());
        RgbImage scaled = ImageDecoder.Decode(file, new DecodeOptions { Gray16 = Gray16Rule.Scale });

        Assert.Contains("clipped at 255", clipped.Warning, StringComparison.Ordinal);
        Assert.Null(scaled.Warning);
        Assert.NotEqual(clipped.Pixels, scaled.Pixels);
        Assert.True(scaled.Pixels.Distinct().Count() > 50);
    }
}
