using AlignBench.Data;
using AlignBench.Features;
using AlignBench.Features.Extraction;
using AlignBench.Images;
using Serilog.Core;

namespace AlignBench.Tests.Features;

public class OrientationTests
{
    // Orientation 1 is upright as stored; 6 is not.
    private const string Upright = "exif1_30x20.jpg";
    private const string Turned = "exif6_100x60.jpg";

    [Fact]
    public void Run_OrientationIgnored_ChangesTheTurnedPictureAlone()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("pictures"));
        foreach (string name in (string[])[Upright, Turned])
        {
            File.Copy(TestPaths.Golden("images", "sources", name), folder.File($"pictures/{name}"));
        }

        float[][] applied = Extract(folder, DatasetSource.ApplyOrientation);
        float[][] ignored = Extract(folder, DatasetSource.IgnoreOrientation);

        Assert.Equal(applied[0], ignored[0]);
        Assert.NotEqual(applied[1], ignored[1]);
    }

    [Fact]
    public void OpenImages_OrientationIgnored_EncodesThePictureAsStored()
    {
        ModelSource model = ModelSource.Find("models/dinov2-toy-s", TestPaths.Toy);
        byte[] file = File.ReadAllBytes(TestPaths.Golden("images", "sources", Turned));
        RgbImage stored = ImageDecoder.Decode(file, new DecodeOptions { ApplyOrientation = false });
        byte[] unmarked = Bitmap(stored);

        using FeatureEncoder<byte[]> asStored = model.OpenImages(["penultimate_cls"], ignoresOrientation: true);
        using FeatureEncoder<byte[]> upright = model.OpenImages(["penultimate_cls"]);

        Assert.Equal(upright.Encode(unmarked)[0], asStored.Encode(file)[0]);
    }

    private static float[][] Extract(TemporaryFolder folder, string orientation)
    {
        DatasetSource source = new()
        {
            Format = "image-folder",
            Path = folder.File("pictures"),
            Orientation = orientation,
        };
        ExtractOptions options = new([], Limit: null, MaxSkipped: 0, folder.File("features"), Threads: 1);
        string path = Assert.Single(DatasetExtraction.Run(
            Path.Combine(TestPaths.Toy, "models", "dinov2-toy-s"), source, options, null, Logger.None, CancellationToken.None));
        using FeatureFile file = new(path);
        return [.. Enumerable.Range(0, 2).Select(row =>
        {
            float[] values = new float[file.Width];
            file.ReadRow(row, values);
            return values;
        })];
    }

    // A 24-bit BMP, rows from the bottom, padded to four bytes: pixels without any mark of orientation.
    private static byte[] Bitmap(RgbImage image)
    {
        int stride = ((3 * image.Width) + 3) / 4 * 4;
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write("BM"u8);
        int[] header =
            [54 + (stride * image.Height), 0, 54, 40, image.Width, image.Height, 1 | (24 << 16), 0, 0, 0, 0, 0, 0];
        foreach (int number in header)
        {
            writer.Write(number);
        }

        for (int y = image.Height - 1; y >= 0; y--)
        {
            byte[] row = new byte[stride];
            for (int x = 0; x < image.Width; x++)
            {
                int from = 3 * ((y * image.Width) + x);
                (row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]) =
                    (image.Pixels[from + 2], image.Pixels[from + 1], image.Pixels[from]);
            }

            writer.Write(row);
        }

        return stream.ToArray();
    }
}
