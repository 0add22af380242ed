using System.Text;
using AlignBench.Data;

namespace AlignBench.Tests.Data;

/// <summary>A sample reads the pages that its images are in, and no others: here the others can't be read.</summary>
public class UnreadImagesTests
{
    private const int RowGroup = 2048;
    private const int Rows = 3 * RowGroup;

    // Three shards of three row groups; what is left whole is the second row group of the second shard.
    [Fact]
    public void ReadImages_ShardsBrokenOutsideTheSample_GivesTheSample()
    {
        using TemporaryFolder folder = new();
        string[] shards = [.. Enumerable.Range(0, 3).Select(shard => WriteCaptioned(folder, shard))];
        foreach (string shard in shards)
        {
            int groups = MadeParquet.Break(shard, "image, bytes", group => shard != shards[1] || group != 1);
            Assert.Equal(3, groups);
        }

        IDataset dataset = GoldenSets.Open("flickr30k", folder.Root);
        Assert.Equal(3 * Rows, dataset.Items().Items.Count);

        string[] sample = ["1/2048", "1/3000", "1/3001", "1/4095"];
        Assert.Equal(
            sample.Select(id => (id, $"bytes of {id}")),
            dataset.ReadImages(sample.ToHashSet(), CancellationToken.None)
                .Select(image => (image.Image.Id, Encoding.UTF8.GetString(image.Bytes))));
        Assert.Equal([shards[1]], dataset.FilesOf(sample.ToHashSet()));
        Assert.All((string[])["1/2047", "1/4096", "0/2048"], outside => Assert.Throws<DataException>(
            () => dataset.Digests([outside])));
    }

    [Fact]
    public void ReadImages_PairsBrokenOutsideTheSample_GivesTheSample()
    {
        using TemporaryFolder folder = new();
        string file = MadeParquet.Write(
            folder.File("a.parquet"),
            $"""
            SELECT 'prompt' AS caption, (i || ' left')::BLOB AS jpg_0, (i || ' right')::BLOB AS jpg_1,
                1 AS label_0, 0 AS label_1, i AS ranking_id FROM range({Rows}) AS rows(i)
            """,
            $"ROW_GROUP_SIZE {RowGroup}");
        MadeParquet.Break(file, "jpg_0", group => group != 2);
        MadeParquet.Break(file, "jpg_1", _ => true);

        IDataset dataset = GoldenSets.Open("pickapic", file);
        ImageReference[] sample = [.. dataset.Items().Items.TakeLast(2).Select(item => item.Images[0])];

        Assert.Equal(
            ["6142 left", "6143 left"],
            dataset.ReadImages(sample.Select(image => image.Id).ToHashSet(), CancellationToken.None)
                .Select(image => Encoding.UTF8.GetString(image.Bytes)));
    }

    // Images in files of their own: those outside the sample may be gone once the items are known.
    [Theory]
    [InlineData("image-folder", "")]
    [InlineData("table", "t.csv")]
    public void ReadImages_FilesGoneOutsideTheSample_GivesTheSample(string format, string path)
    {
        using TemporaryFolder folder = new();
        folder.Write("a.jpg", "bytes of a");
        folder.Write("b.jpg", "bytes of b");
        folder.Write("t.csv", "image,caption\na.jpg,one\nb.jpg,two\n");
        IDataset dataset = GoldenSets.Open(format, Path.Combine(folder.Root, path));
        Assert.Equal(2, dataset.Items().Items.Count);
        File.Delete(folder.File("a.jpg"));

        ImageBytes image = Assert.Single(dataset.ReadImages(new HashSet<string> { "b.jpg" }, CancellationToken.None));

        Assert.Equal("bytes of b", Encoding.UTF8.GetString(image.Bytes));
    }

    private static string WriteCaptioned(TemporaryFolder folder, int shard) => MadeParquet.Write(
        folder.File($"train-0000{shard}-of-00003.parquet"),
        $$"""
        SELECT {'bytes': ('bytes of {{shard}}/' || i)::BLOB, 'path': NULL::VARCHAR} AS image,
            ['a caption'] AS caption, '{{shard}}/' || i AS img_id
        FROM range({{Rows}}) AS rows(i)
        """,
        $"ROW_GROUP_SIZE {RowGroup}");
}
