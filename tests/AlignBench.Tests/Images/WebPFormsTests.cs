using AlignBench.Images;

namespace AlignBench.Tests.Images;

public class WebPFormsTests
{
    // Two lossless frames of 37 x 23 with alpha and an EXIF chunk of orientation 6; pixel i of the first frame
    // is R = i, G = i / 7 (both modulo 256), B = 200 - i % 200, hidden or not. Turned upright, the lower left
    // corner is the upper left.
    [Fact]
    public void Decode_Animation_GivesItsFirstFrameAndOrientation()
    {
        byte[] file = File.ReadAllBytes(ImageGoldens.PathOf("made", "animated_exif6_37x23.webp"));
        byte[] expected = [.. Enumerable.Range(0, 37 * 23).SelectMany(
            i => new[] { (byte)i, (byte)(i / 7), (byte)(200 - (i % 200)) })];

        RgbImage stored = ImageDecoder.Decode(file, new());
        RgbImage upright = ImageDecoder.Decode(file, new() { ApplyOrientation = true });

        Assert.Equal((37, 23), (stored.Width, stored.Height));
        Assert.Equal(expected, stored.Pixels);
        Assert.Equal((23, 37), (upright.Width, upright.Height));
        Assert.Equal(expected.AsSpan(3 * 37 * 22, 3).ToArray(), upright.Pixels[..3]);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(400)]
    [InlineData(900)]
    public void Decode_CutAnimation_IsRefused(int length)
    {
        byte[] file = File.ReadAllBytes(ImageGoldens.PathOf("made", "animated_exif6_37x23.webp"));
        Assert.Throws<ImageException>(() => ImageDecoder.Decode(file.AsSpan(0, length), new()));
    }
}
