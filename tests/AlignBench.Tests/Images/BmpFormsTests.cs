using System.Buffers.Binary;
using AlignBench.Images;

namespace AlignBench.Tests.Images;

/// <summary>Kinds of BMP, with Pillow's meaning of their pixels worked out by hand.</summary>
public class BmpFormsTests
{
    // B G R and padding
    private static readonly byte[] s_fourColors = [0, 0, 0, 0, 1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0];

    // 3 x 1 with one bit: 0b101 gives the palette's entries 1, 0, 1, stored as B G R.
    [Fact]
    public void Decode_OneBit_ReadsThePalette() => AssertPixels(
        Bmp(3, 1, 1, 0, [10, 20, 30, 0, 40, 50, 60, 0], [0b1010_0000, 0, 0, 0], colors: 2),
        [60, 50, 40, 30, 20, 10, 60, 50, 40]);

    [Fact]
    public void Decode_FourBits_ReadsTheHighNibbleFirst() => AssertPixels(
        Bmp(3, 1, 4, 0, s_fourColors, [0x12, 0x30, 0, 0], colors: 4), [3, 2, 1, 6, 5, 4, 9, 8, 7]);

    // 5-5-5: red 31 -> 255, green 16 -> 16 * 255 / 31 = 131, blue 1 -> 8. 5-6-5 by bit fields: green 32 ->
    // 129.
    [Fact]
    public void Decode_SixteenBits_ScalesFiveAndSixBits()
    {
        AssertPixels(Bmp(1, 1, 16, 0, [], [0b000_00001, 0b0_11111_10, 0, 0]), [255, 131, 8]);
        byte[] masks = [0, 0xf8, 0, 0, 0xe0, 7, 0, 0, 0x1f, 0, 0, 0];
        AssertPixels(Bmp(1, 1, 16, 3, masks, [0b000_00001, 0b11111_100, 0, 0]), [255, 129, 8]);
    }

    // The fourth byte counts only where a bit field names it (a header of 56 bytes or more).
    [Fact]
    public void Decode_ThirtyTwoBits_HasAlphaByBitFieldOnly()
    {
        AssertPixels(Bmp(1, 1, 32, 0, [], [1, 2, 3, 0]), [3, 2, 1], AlphaRule.OnWhite);
        byte[] masks = [0, 0, 0xff, 0, 0, 0xff, 0, 0, 0xff, 0, 0, 0, 0, 0, 0, 0xff];
        byte[] file = Bmp(1, 1, 32, 3, masks, [1, 2, 3, 0], headerSize: 56);
        AssertPixels(file, [255, 255, 255], AlphaRule.OnWhite);
    }

    // Two rows of one pixel: the file's first row is the lower one, or the upper one if the height is
    // negative.
    [Fact]
    public void Decode_NegativeHeight_IsTopDown()
    {
        byte[] rows = [1, 2, 3, 0, 4, 5, 6, 0];
        AssertPixels(Bmp(1, 2, 24, 0, [], rows), [6, 5, 4, 3, 2, 1]);
        AssertPixels(Bmp(1, -2, 24, 0, [], rows), [3, 2, 1, 6, 5, 4]);
    }

    // RLE8, 3 x 2: two of colour 1, end of line, then the literals 2 3 1 and a padding byte.
    [Fact]
    public void Decode_RunLengths_FillRowsFromBelow()
    {
        byte[] runs = [2, 1, 0, 0, 0, 3, 2, 3, 1, 0, 0, 1];
        AssertPixels(
            Bmp(3, 2, 8, 1, s_fourColors, runs, colors: 4),
            [6, 5, 4, 9, 8, 7, 3, 2, 1, 3, 2, 1, 3, 2, 1, 0, 0, 0]);
    }

    // RLE4, 3 x 1: three pixels alternating 1 and 2.
    [Fact]
    public void Decode_NibbleRuns_Alternate() => AssertPixels(
        Bmp(3, 1, 4, 2, s_fourColors, [3, 0x12, 0, 1], colors: 4), [3, 2, 1, 6, 5, 4, 3, 2, 1]);

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(56)]
    public void Decode_CutFile_IsRefused(int length)
    {
        byte[] file = Bmp(1, 1, 24, 0, [], [1, 2, 3, 0]);
        Assert.Throws<ImageException>(() => ImageDecoder.Decode(file.AsSpan(0, length), new DecodeOptions()));
    }

    private static byte[] Bmp(
        int width, int height, int bits, int compression, byte[] afterHeader, byte[] pixels, int colors = 0,
        int headerSize = 40)
    {
        byte[] head = new byte[54];
        head[0] = (byte)'B';
        head[1] = (byte)'M';
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(10), 54 + afterHeader.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(14), headerSize);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(22), height);
        head[26] = 1;
        head[28] = (byte)bits;
        head[30] = (byte)compression;
        head[46] = (byte)colors;
        return [.. head, .. afterHeader, .. pixels];
    }

    private static void AssertPixels(byte[] file, byte[] expected, AlphaRule alpha = AlphaRule.Drop) =>
        Assert.Equal(expected, ImageDecoder.Decode(file, new DecodeOptions { Alpha = alpha }).Pixels);
}
