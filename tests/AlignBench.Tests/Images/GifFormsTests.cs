using AlignBench.Images;

namespace AlignBench.Tests.Images;

/// <summary>First frames that do not cover their canvas, as Pillow places them.</summary>
public class GifFormsTests
{
    private static readonly byte[] s_palette = [10, 11, 12, 20, 21, 22, 30, 31, 32, 40, 41, 42];

    // Canvas 3 x 1, frame 1 x 1 at x = 1 of index 2; index 0 around it.
    [Fact]
    public void Decode_SmallFrame_LeavesIndexZeroAround() => AssertPixels(
        Gif(3, 1, [], left: 1, width: 1, height: 1, [2]),
        3,
        1,
        [10, 11, 12, 30, 31, 32, 10, 11, 12],
        AlphaRule.Drop);

    // With a transparent index the rest is that index: its colour when alpha is dropped, white on white.
    [Fact]
    public void Decode_SmallTransparentFrame_LeavesTheTransparentIndexAround()
    {
        byte[] control = [0x21, 0xf9, 4, 1, 0, 0, 3, 0];
        byte[] file = Gif(3, 1, control, left: 1, width: 1, height: 1, [2]);

        AssertPixels(file, 3, 1, [40, 41, 42, 30, 31, 32, 40, 41, 42], AlphaRule.Drop);
        AssertPixels(file, 3, 1, [255, 255, 255, 30, 31, 32, 255, 255, 255], AlphaRule.OnWhite);
    }

    // A frame beyond the canvas makes the canvas larger.
    [Fact]
    public void Decode_FrameBeyondTheCanvas_GrowsIt() => AssertPixels(
        Gif(1, 1, [], left: 0, width: 2, height: 1, [1, 2]), 2, 1, [20, 21, 22, 30, 31, 32], AlphaRule.Drop);

    // Interlaced rows of five come as 0, 4, 2, 1, 3.
    [Fact]
    public void Decode_Interlaced_OrdersTheRows() => AssertPixels(
        Gif(1, 5, [], left: 0, width: 1, height: 5, [0, 1, 2, 3, 0], interlaced: true),
        1,
        5,
        [10, 11, 12, 40, 41, 42, 30, 31, 32, 10, 11, 12, 20, 21, 22],
        AlphaRule.Drop);

    [Fact]
    public void Decode_TooFewPixels_IsRefused() => Assert.Throws<ImageException>(
        () => ImageDecoder.Decode(Gif(2, 2, [], left: 0, width: 2, height: 2, [1, 2]), new DecodeOptions()));

    // Two bits per pixel, so codes begin with three bits: 4 clears, 5 ends. A clear before each pixel keeps
    // them at three.
    private static byte[] Gif(
        int canvasWidth, int canvasHeight, byte[] extension, int left, int width, int height, byte[] indexes,
        bool interlaced = false)
    {
        List<byte> data = [];
        (int bits, int held) = (0, 0);
        foreach (int code in indexes.SelectMany(i => new[] { 4, i }).Append(5))
        {
            bits |= code << held;
            held += 3;
            while (held >= 8)
            {
                data.Add((byte)bits);
                bits >>= 8;
                held -= 8;
            }
        }

        data.Add((byte)bits);
        return
        [
            .. "GIF89a"u8, (byte)canvasWidth, 0, (byte)canvasHeight, 0, 0x81, 0, 0, .. s_palette,
            .. extension, 0x2c, (byte)left, 0, 0, 0, (byte)width, 0, (byte)height, 0,
            (byte)(interlaced ? 0x40 : 0),
            2, (byte)data.Count, .. data, 0, 0x3b,
        ];
    }

    private static void AssertPixels(byte[] file, int width, int height, byte[] expected, AlphaRule alpha)
    {
        RgbImage image = ImageDecoder.Decode(file, new DecodeOptions { Alpha = alpha });
        Assert.Equal((width, height), (image.Width, image.Height));
        Assert.Equal(expected, image.Pixels);
    }
}
