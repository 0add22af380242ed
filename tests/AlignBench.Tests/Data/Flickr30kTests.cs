using System.Text.Json;
using AlignBench.Data;
using AlignBench.Interop.DuckDb;

namespace AlignBench.Tests.Data;

public class Flickr30kTests
{
    public static TheoryData<string> Variants => [.. GoldenSets.Expected("parquet-variants")
        .GetProperty("variants").EnumerateObject().Select(variant => variant.Value.Text("file"))];

    [Fact]
    public void ReadItems_ThreeShards_AreTheExpectedOnesInOrder()
    {
        IDataset dataset = GoldenSets.Open("flickr30k", GoldenSets.Folder("flickr30k-hf"));

        Assert.Equal(3, dataset.Files.Count);
        RequireExpected(GoldenSets.ExpectedItems("flickr30k-hf"), dataset);
    }

    [Theory]
    [InlineData("train-0000?-of-00003.parquet")]
    [InlineData("*.parquet")]
    [InlineData("../flickr30k-h?/train-*")]
    public void Open_Pattern_FindsTheShards(string pattern)
    {
        IDataset dataset = GoldenSets.Open(
            "flickr30k", Path.Combine(GoldenSets.Folder("flickr30k-hf"), pattern));

        Assert.Equal(12, dataset.Items().Items.Count);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void ReadItems_EveryEncoding_IsReadAlike(string file)
    {
        IDataset dataset = GoldenSets.Open("flickr30k", GoldenSets.Folder("parquet-variants", file));

        RequireExpected(GoldenSets.ExpectedItems("parquet-variants"), dataset);
    }

    [Fact]
    public void ReadItems_FolderNamedLikeAPartition_AddsNoColumn()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("split=other"));
        string file = folder.File("split=other/a.parquet");
        File.Copy(GoldenSets.Folder("parquet-variants", "snappy.parquet"), file);

        Assert.Equal(10, GoldenSets.Open("flickr30k", file).Items().Items.Count);
        Assert.NotEmpty(GoldenSets.Open("flickr30k", file, split: "test").Items().Items);
    }

    [Fact]
    public void ReadItems_Split_TakesThoseRowsOnly()
    {
        JsonElement[] expected =
            [.. GoldenSets.ExpectedItems("flickr30k-hf").Where(item => item.Text("split") == "test")];

        RequireExpected(
            expected, GoldenSets.Open("flickr30k", GoldenSets.Folder("flickr30k-hf"), split: "test"));
    }

    [Fact]
    public void ReadItems_UnknownSplit_NamesThoseThereAre()
    {
        IDataset dataset = GoldenSets.Open("flickr30k", GoldenSets.Folder("flickr30k-hf"), split: "dev");

        Assert.EndsWith(
            "no row of split dev; there are test, train, val",
            GoldenSets.Error(() => dataset.Items()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void ReadItems_NullsAndPaths_CountsWhatIsLeftOut()
    {
        IDataset dataset = GoldenSets.Open("flickr30k", GoldenSets.Folder("nulls-and-paths", "data.parquet"));
        JsonElement[] expected = GoldenSets.ExpectedItems("nulls-and-paths");

        DatasetItems read = dataset.Items();

        Assert.Equal(["20", "23", "25"], read.Items.Select(item => item.Id));
        Assert.Equal(
            expected[0].Texts("captions").Where(text => text != ""),
            read.Items[0].Captions.Select(caption => caption.Text));
        Assert.Equal(["100", "102", "103", "104"], read.Items[0].Captions.Select(caption => caption.Id));
        Assert.Equal(
            [
                "data.parquet row 0 caption 1: the caption is null",
                "data.parquet row 1: no caption",
                "data.parquet row 2: no caption",
                "data.parquet row 4: the image is null",
            ],
            read.Skipped.Words());
        Assert.Equal(
            new[] { 0, 3, 5 }.Select(i => (expected[i].Text("id"), expected[i].Text("image_sha256"))),
            dataset.Digests());
    }

    [Fact]
    public void FilesOf_ImageByPath_IsTheImageFile()
    {
        string folder = GoldenSets.Folder("nulls-and-paths");
        IDataset dataset = GoldenSets.Open("flickr30k", Path.Combine(folder, "data.parquet"));

        Assert.Equal(
            [Path.Combine(folder, "images", "by_path.jpg")], dataset.FilesOf(new HashSet<string> { "23" }));
        Assert.Equal(
            [Path.Combine(folder, "data.parquet")], dataset.FilesOf(new HashSet<string> { "20", "25" }));
    }

    [Fact]
    public void ReadImages_SomeOfThem_ComeOnceInStorageOrder()
    {
        IDataset dataset = GoldenSets.Open("flickr30k", GoldenSets.Folder("flickr30k-hf"));
        Dictionary<string, string> digests = GoldenSets.ExpectedItems("flickr30k-hf")
            .ToDictionary(item => item.Text("id"), item => item.Text("image_sha256"));

        Assert.Equal(
            [("1", digests["1"]), ("3", digests["3"]), ("10", digests["10"])], dataset.Digests(
                ["10", "3", "1"]));
        Assert.Equal(2, dataset.FilesOf(new HashSet<string> { "10", "3" }).Count);
        Assert.Empty(dataset.Digests([]));
    }

    [Fact]
    public void ReadImages_UnknownId_IsTheCallersMistake()
    {
        IDataset dataset = GoldenSets.Open("flickr30k", GoldenSets.Folder("flickr30k-hf"));

        ArgumentException e = Assert.Throws<ArgumentException>(
            () => dataset.FilesOf(new HashSet<string> { "1", "x" }));
        Assert.StartsWith("data set flickr30k has no image x", e.Message, StringComparison.Ordinal);
    }

    // The first compressed page in the file is of image.bytes; damaged, it fails whoever reads it.
    [Fact]
    public void ReadItems_ImagePageDamaged_DoesNotReadIt()
    {
        using TemporaryFolder folder = new();
        string file = folder.File("zstd.parquet");
        byte[] bytes = File.ReadAllBytes(GoldenSets.Folder("parquet-variants", "zstd.parquet"));
        int page = bytes.AsSpan().IndexOf((byte[])[0x28, 0xB5, 0x2F, 0xFD]);
        bytes.AsSpan(page + 8, 64).Clear();
        File.WriteAllBytes(file, bytes);
        IDataset dataset = GoldenSets.Open("flickr30k", file);

        Assert.Equal(10, dataset.Items().Items.Count);
        Assert.StartsWith(
            $"{file}, column image.bytes: ",
            GoldenSets.Error(() => dataset.Digests()),
            StringComparison.Ordinal);
    }

    // The 1600 rows of the toy shard are two batches; only the last row group, in the second, is damaged.
    [Fact]
    public void ReadImages_LaterPageDamaged_HandsOutTheBatchBefore()
    {
        using TemporaryFolder folder = new();
        string shard = Path.Combine(TestPaths.Toy, "data", "flickr30k", "test-00000-of-00002.parquet");
        string file = folder.File("damaged.parquet");
        byte[] bytes = File.ReadAllBytes(shard);
        (int offset, int length) = LastImagePages(shard);
        bytes.AsSpan(offset + (length / 4), length / 2).Clear();
        File.WriteAllBytes(file, bytes);
        IDataset dataset = GoldenSets.Open("flickr30k", file);
        HashSet<string> all = [.. dataset.Items().Items.Select(item => item.Id)];

        int images = 0;
        string message = GoldenSets.Error(() =>
        {
            foreach (ImageBytes image in dataset.ReadImages(all, CancellationToken.None))
            {
                images++;
            }
        });

        Assert.Equal(1600, all.Count);
        Assert.Equal(1024, images);
        Assert.StartsWith($"{file}, column image.bytes: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadItems_Cancelled_Stops()
    {
        IDataset dataset = GoldenSets.Open("flickr30k", GoldenSets.Folder("flickr30k-hf"));
        using CancellationTokenSource source = new();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => dataset.ReadItems(source.Token));
        Assert.Equal(12, dataset.Items().Items.Count);
    }

    [Fact]
    public void ReadImages_CancelledOnTheWay_Stops()
    {
        IDataset dataset = GoldenSets.Open("flickr30k", GoldenSets.Folder("flickr30k-hf"));
        using CancellationTokenSource source = new();
        HashSet<string> all = [.. dataset.Items().Items.Select(item => item.Id)];

        int images = 0;
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (ImageBytes image in dataset.ReadImages(all, source.Token))
            {
                images++;
                source.Cancel();
            }
        });
        Assert.Equal(1, images);
    }

    [Fact]
    public void ReadItems_Toy_HasEveryImageOfBothShards()
    {
        IDataset dataset = GoldenSets.Open("flickr30k", Path.Combine(TestPaths.Toy, "data", "flickr30k"));

        DatasetItems read = dataset.Items();

        Assert.Equal(3200, read.Items.Count);
        Assert.Empty(read.Skipped);
        Assert.All(read.Items, item => Assert.Equal(5, item.Captions.Length));
        List<(string Id, string Digest)> images = dataset.Digests();
        Assert.Equal(read.Items.Select(item => item.Id), images.Select(image => image.Id));
    }

    private static (int Offset, int Length) LastImagePages(string shard)
    {
        using DuckDbSession session = DuckDbSession.Open(new DuckDbOptions { ReadableFiles = [shard] });
        using DuckDbReader reader = session.Query(
            """
            SELECT coalesce(dictionary_page_offset, data_page_offset), total_compressed_size
            FROM parquet_metadata($1) WHERE path_in_schema = 'image, bytes' ORDER BY row_group_id DESC
            """,
            CancellationToken.None,
            shard);
        reader.Read();
        return ((int)reader.Column(0).WholeNumber(0), (int)reader.Column(1).WholeNumber(0));
    }

    private static void RequireExpected(JsonElement[] expected, IDataset dataset)
    {
        DatasetItems read = dataset.Items();

        Assert.Empty(read.Skipped);
        Assert.Equal(expected.Select(item => item.Text("id")), read.Items.Select(item => item.Id));
        foreach ((JsonElement want, Item item) in expected.Zip(read.Items))
        {
            Assert.Equal(item.Id, item.Group);
            Assert.Equal(want.Texts("captions"), item.Captions.Select(caption => caption.Text));
            Assert.Equal(want.Texts("sentids"), item.Captions.Select(caption => caption.Id));
        }

        Assert.Equal(
            expected.Select(item => (item.Text("id"), item.Text("image_sha256"))), dataset.Digests());
    }
}
