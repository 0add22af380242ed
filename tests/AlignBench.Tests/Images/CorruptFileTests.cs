using System.Text.Json;
using AlignBench.Images;

namespace AlignBench.Tests.Images;

/// <summary>Broken files have the outcome Pillow has, with one line that says what is wrong.</summary>
public class CorruptFileTests
{
    public static TheoryData<string> Files =>
        [.. ImageGoldens.Json("corrupt.json").EnumerateArray().Select(s => s.Text("file"))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Decode_CorruptFile_DoesWhatPillowDoes(string file)
    {
        JsonElement pillow = ImageGoldens.Json("corrupt.json").EnumerateArray()
            .Single(s => s.Text("file") == file).GetProperty("pillow");
        byte[] bytes = File.ReadAllBytes(ImageGoldens.PathOf("corrupt", file));

        if (pillow.GetProperty("ok").GetBoolean())
        {
            RgbImage image = ImageDecoder.Decode(bytes, new DecodeOptions());
            Assert.Equal(pillow.Text("rgb_sha256"), ImageGoldens.Sha256(image.Pixels));
        }
        else
        {
            ImageException e = Assert.Throws<ImageException>(() => ImageDecoder.Decode(bytes, new()));
            Assert.False(string.IsNullOrWhiteSpace(e.Message));
            Assert.DoesNotContain('\n', e.Message);
        }
    }

    [Fact]
    public void Decode_BombHeader_IsRefusedWithoutAllocating()
    {
        byte[] bytes = File.ReadAllBytes(ImageGoldens.PathOf("corrupt", "bomb_30000x30000.png"));
        long before = GC.GetAllocatedBytesForCurrentThread();

        ImageException e = Assert.Throws<ImageException>(() => ImageDecoder.Decode(bytes, new()));

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
        Assert.Equal(
            "the picture is too large: 30000 x 30000 pixels, the limit is 178956970 in all", e.Message);
    }
}
