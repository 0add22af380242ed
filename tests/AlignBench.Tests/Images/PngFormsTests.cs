using System.Text;
using AlignBench.Images;

namespace AlignBench.Tests.Images;

/// <summary>Kinds of PNG beside the golden ones, with Pillow's meaning of their samples worked out by
/// hand.</summary>
public class PngFormsTests
{
    private static readonly DecodeOptions s_onWhite = new() { Alpha = AlphaRule.OnWhite };

    // 0xE4 is 3, 2, 1, 0 in two bits each; indexes 2 and 3 are not in the palette and are black.
    [Fact]
    public void Decode_ShortPalette_HasBlackBehindItsEnd() => AssertPixels(
        PngWriter.Write(4, 2, 3, [[0xe4]], ("PLTE", [10, 20, 30, 40, 50, 60])),
        [0, 0, 0, 0, 0, 0, 40, 50, 60, 10, 20, 30],
        new DecodeOptions());

    // Alpha 0 and 128 for indexes 0 and 1, none for 2: white, (128 c + 255 * 127) / 255 = 127 + c / 2 about,
    // opaque.
    [Fact]
    public void Decode_PaletteWithAlpha_IsLaidOnWhite() => AssertPixels(
        PngWriter.Write(3, 8, 3, [[0, 1, 2]], ("PLTE", [1, 2, 3, 0, 100, 255, 7, 8, 9]), ("tRNS", [0, 128])),
        [255, 255, 255, 127, 177, 255, 7, 8, 9],
        s_onWhite);

    // Pillow compares the scaled grey (0, 85, 170, 255) with the raw key: 85 is never named by two bits, but
    // by 0x0055.
    [Fact]
    public void Decode_GrayKeyOfTwoBits_IsComparedAfterScaling()
    {
        byte[][] rows = [[0b00_01_10_11]];
        AssertPixels(
            PngWriter.Write(4, 2, 0, rows, ("tRNS", [0, 1])),
            [0, 0, 0, 85, 85, 85, 170, 170, 170, 255, 255, 255],
            s_onWhite);
        AssertPixels(
            PngWriter.Write(4, 2, 0, rows, ("tRNS", [0, 85])),
            [0, 0, 0, 255, 255, 255, 170, 170, 170, 255, 255, 255],
            s_onWhite);
    }

    // One bit: the key 1 stands for 255, here made white on white; the key 0 hides black.
    [Fact]
    public void Decode_GrayKeyOfOneBit_HidesBlack() => AssertPixels(
        PngWriter.Write(2, 1, 0, [[0b01_000000]], ("tRNS", [0, 0])),
        [255, 255, 255, 255, 255, 255],
        s_onWhite);

    // 16 bits: 0x0102 clips to 255 or scales to 1; the key's low byte 7 hides what clips to 7.
    [Fact]
    public void Decode_SixteenBitGrayWithKey_ComparesWhatItBecame()
    {
        byte[] file = PngWriter.Write(2, 16, 0, [[0x01, 0x02, 0x00, 0x07]], ("tRNS", [0, 7]));

        AssertPixels(file, [255, 255, 255, 255, 255, 255], s_onWhite);
        AssertPixels(file, [255, 255, 255, 7, 7, 7], new DecodeOptions());
        AssertPixels(file, [1, 1, 1, 255, 255, 255], s_onWhite with { Gray16 = Gray16Rule.Scale });
    }

    // The high bytes; alpha 0x00 gives white.
    [Fact]
    public void Decode_SixteenBitGrayAndAlpha_TakesHighBytes() => AssertPixels(
        PngWriter.Write(2, 16, 4, [[0x20, 0x99, 0xff, 0xff, 0x20, 0x99, 0x00, 0xff]]),
        [0x20, 0x20, 0x20, 255, 255, 255],
        s_onWhite);

    [Fact]
    public void Decode_SixteenBitRgba_TakesHighBytes() => AssertPixels(
        PngWriter.Write(1, 16, 6, [[1, 9, 2, 9, 3, 9, 0, 9]]), [1, 2, 3], new DecodeOptions());

    // High bytes of the pixel against low bytes of the key.
    [Fact]
    public void Decode_SixteenBitRgbWithKey_ComparesHighWithLowBytes() => AssertPixels(
        PngWriter.Write(2, 16, 2, [[5, 0, 6, 0, 7, 0, 5, 0, 6, 0, 8, 0]], ("tRNS", [9, 5, 9, 6, 9, 7])),
        [255, 255, 255, 5, 6, 8],
        s_onWhite);

    [Fact]
    public void Decode_WrongChecksumOfAnyChunk_IsRefused()
    {
        byte[] file = PngWriter.Write(1, 8, 0, [[7]], ("tEXt", Encoding.ASCII.GetBytes("a\0b")));
        int text = Encoding.Latin1.GetString(file).IndexOf("tEXt", StringComparison.Ordinal);
        file[text + 4] ^= 1;

        ImageException e = Assert.Throws<ImageException>(() => ImageDecoder.Decode(file, new()));
        Assert.Contains("CRC", e.Message, StringComparison.Ordinal);
    }

    // Two pixels 1 2 in a row; orientation 3 turns them round. Exif: little endian, one entry, tag 0x0112,
    // SHORT, 1 value.
    [Theory]
    [InlineData("eXIf", "II*\0\b\0\0\0\u0001\0\u0012\u0001\u0003\0\u0001\0\0\0\u0003\0\0\0\0\0\0\0")]
    [InlineData(
        "tEXt",
        "Raw profile type exif\0\nexif\n      26\n49492a0008000000010012010300010000000300000000000000\n")]
    [InlineData("iTXt", "XML:com.adobe.xmp\0\0\0\0\0<x tiff:Orientation=\"3\"/>")]
    [InlineData("iTXt", "XML:com.adobe.xmp\0\0\0\0\0<tiff:Orientation>3</tiff:Orientation>")]
    public void Decode_OrientationInAChunk_IsApplied(string type, string body)
    {
        byte[] file = PngWriter.Write(2, 8, 0, [[1, 2]], (type, Encoding.Latin1.GetBytes(body)));

        AssertPixels(file, [1, 1, 1, 2, 2, 2], new DecodeOptions());
        AssertPixels(file, [2, 2, 2, 1, 1, 1], new DecodeOptions { ApplyOrientation = true });
    }

    private static void AssertPixels(byte[] file, byte[] expected, DecodeOptions options) =>
        Assert.Equal(expected, ImageDecoder.Decode(file, options).Pixels);
}
