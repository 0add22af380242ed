using System.Buffers.Binary;
using AlignBench.Data;
using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using Serilog.Core;

namespace AlignBench.Tests.Experiments.Measures;

public class ImageQualityTests
{
    // Two pairs: a wide picture against a small one, both flat, and a chequered one against a flat one of its size.
    [Fact]
    public void Rows_AreEachConditionsMeansAndTheShareOfPairsWithMore()
    {
        Dictionary<string, byte[]> images = new()
        {
            ["wide"] = Bitmap(8, 6, (_, _) => 90),
            ["small"] = Bitmap(4, 4, (_, _) => 90),
            ["chequered"] = Bitmap(5, 5, (x, y) => (byte)((x + y) % 2 == 0 ? 100 : 120)),
            ["flat"] = Bitmap(5, 5, (_, _) => 110),
        };
        Item[] items =
        [
            new() { Id = "p", Group = "p", Images = [new ImageReference("wide", ""), new ImageReference("small", "")] },
            new() { Id = "q", Group = "q", Images = [new ImageReference("chequered", ""), new ImageReference("flat", "")] },
        ];
        ExperimentPlan plan = MadeUpFeatures.Plan(["p", "q"]) with
        {
            Dataset = new FakeDataset { Images = images },
            Items = items,
            Conditions =
            [
                new Condition("preferred", [["p#0"], ["q#0"]], [["p#0"], ["q#0"]], ["p", "q"]),
                new Condition("other", [["p#1"], ["q#1"]], [["p#0"], ["q#0"]], ["p", "q"]),
            ],
            Contrast = ("preferred", "other"),
        };

        ConfoundRow[] rows = [.. ImageQuality.Rows(plan, Logger.None, CancellationToken.None)];

        // The Laplacian of the chequered picture is +-4 times 20 in its 3 x 3 inner pixels, five of the one sign and four of the other.
        double sharpness = 80.0 * 80.0 * (1.0 - (1.0 / 81.0));
        Assert.Equal([sharpness / 2, 0.0, 0.75], Values("image_sharpness"), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([(48 + 25) / 2.0, (16 + 25) / 2.0, 0.75], Values("image_pixels"));
        Assert.Equal(
            [
                (images["wide"].Length + images["chequered"].Length) / 2.0,
                (images["small"].Length + images["flat"].Length) / 2.0,
                0.75,
            ],
            Values("image_bytes"));
        Assert.All(rows, row => Assert.Equal(2, row.N));

        double[] Values(string confound) => [.. rows.Where(row => row.Confound == confound).Select(row => row.Value)];
    }

    // 24 bits a pixel, rows padded to four bytes, from the bottom up.
    private static byte[] Bitmap(int width, int height, Func<int, int, byte> grey)
    {
        int stride = ((width * 3) + 3) / 4 * 4;
        byte[] file = new byte[54 + (stride * height)];
        file[0] = (byte)'B';
        file[1] = (byte)'M';
        Write(2, file.Length);
        Write(10, 54);
        Write(14, 40);
        Write(18, width);
        Write(22, height);
        file[26] = 1;
        file[28] = 24;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                file.AsSpan(54 + ((height - 1 - y) * stride) + (3 * x), 3).Fill(grey(x, y));
            }
        }

        return file;

        void Write(int place, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(place), value);
    }
}
