using System.Diagnostics;
using AlignBench.Images;

namespace AlignBench.Tests.Images;

/// <summary>Damaged files end in a picture or in an ImageException, soon.</summary>
public class FuzzTests
{
    private const int MutationsPerFile = 60;

    [Fact]
    public void Decode_MutatedFiles_ThrowOnlyImageException()
    {
        Random random = new(20240607);
        Stopwatch watch = new();
        string[] paths = Directory.GetFiles(ImageGoldens.PathOf("sources"));
        foreach (string path in paths.Order(StringComparer.Ordinal))
        {
            byte[] original = File.ReadAllBytes(path);
            for (int i = 0; i < MutationsPerFile; i++)
            {
                byte[] damaged = Damage(original, random);
                watch.Restart();
                DecodeOrRefuse(damaged);
                Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{path}, mutation {i.Invariant()}");
            }
        }
    }

    private static void DecodeOrRefuse(byte[] file)
    {
        try
        {
            DecodeOptions options = new() { ApplyOrientation = true, Alpha = AlphaRule.OnWhite };
            RgbImage image = ImageDecoder.Decode(file, options);
            Assert.Equal(3 * image.Width * image.Height, image.Pixels.Length);
        }
        catch (ImageException e)
        {
            Assert.False(string.IsNullOrWhiteSpace(e.Message));
        }
    }

    // A truncation, or one to eight flipped bits, mostly near the front where the headers are.
    private static byte[] Damage(byte[] original, Random random)
    {
        if (random.Next(4) == 0)
        {
            return original[..random.Next(original.Length)];
        }

        byte[] damaged = (byte[])original.Clone();
        for (int flips = random.Next(1, 9); flips > 0; flips--)
        {
            int range = random.Next(2) == 0 ? Math.Min(64, damaged.Length) : damaged.Length;
            damaged[random.Next(range)] ^= (byte)(1 << random.Next(8));
        }

        return damaged;
    }
}
