using AlignBench.Data;

namespace AlignBench.Tests.Data;

/// <summary>What expected.json of tests/goldens/datasets/bad says a good tool does.</summary>
public class BadParquetTests
{
    [Theory]
    [InlineData("truncated_half", "No magic bytes found at end of file")]
    [InlineData("truncated_tail", "No magic bytes found at end of file")]
    [InlineData("footer_only", "Footer length error")]
    [InlineData("zero_bytes", "too small to be a Parquet file")]
    [InlineData("text", "No magic bytes found at end of file")]
    [InlineData("huge_footer_length", "Footer length error")]
    [InlineData(
        "missing_caption_column", "no column caption; there are image, sentids, split, img_id, filename")]
    [InlineData(
        "missing_image_column", "no column image; there are caption, sentids, split, img_id, filename")]
    [InlineData("caption_is_int", "column caption has type BIGINT, expected VARCHAR or VARCHAR[]")]
    [InlineData("empty_table", "no rows")]
    [InlineData("all_null", "no usable row: column image holds only nulls")]
    public void ReadItems_BadFile_SaysInOneLineWhatIsWrong(string name, string words)
    {
        string file = GoldenSets.Folder("bad", $"{name}.parquet");

        string message = GoldenSets.Error(() => GoldenSets.Open("flickr30k", file).Items());

        Assert.StartsWith($"{file}: ", message, StringComparison.Ordinal);
        Assert.Contains(words, message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadItems_PageThatDoesNotDecompress_NamesFileAndColumn()
    {
        string file = GoldenSets.Folder("bad", "corrupt_zstd_page.parquet");

        Assert.StartsWith(
            $"{file}, column caption: ",
            GoldenSets.Error(() => GoldenSets.Open("flickr30k", file).Items()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void ReadItems_PathsToNowhere_NamesTheFirst()
    {
        string folder = GoldenSets.Folder("bad");
        string file = Path.Combine(folder, "image_is_string.parquet");

        Assert.Equal(
            $"{file}: no usable row; the first of 5: image_is_string.parquet row 0: "
            + $"image file {folder}/a is not there",
            GoldenSets.Error(() => GoldenSets.Open("flickr30k", file).Items()));
    }

    [Fact]
    public void ReadItems_DuplicateIds_NamesThem()
    {
        string file = GoldenSets.Folder("bad", "duplicate_ids.parquet");

        Assert.Equal(
            $"{file}: ids must be unique: "
            + "id 1 in duplicate_ids.parquet row 1 and in duplicate_ids.parquet row 2; "
            + "id 0 in duplicate_ids.parquet row 0 and in duplicate_ids.parquet row 4",
            GoldenSets.Error(() => GoldenSets.Open("flickr30k", file).Items()));
    }

    [Fact]
    public void ReadItems_BlankCaptions_AreLeftOutAndCounted()
    {
        DatasetItems read =
            GoldenSets.Open("flickr30k", GoldenSets.Folder("bad", "empty_captions.parquet")).Items();

        Assert.Equal(["60"], read.Items.Select(item => item.Id));
        Assert.Equal(
            Enumerable.Range(1, 4).Select(
                row => $"empty_captions.parquet row {row}: the caption is null or blank"),
            read.Skipped.Words());
    }

    [Fact]
    public void ReadImages_BytesThatAreNoImage_AreHandedOnAsTheyAre()
    {
        IDataset dataset = GoldenSets.Open(
            "flickr30k", GoldenSets.Folder("bad", "image_bytes_not_an_image.parquet"));

        ImageBytes first = dataset.ReadImages(new HashSet<string> { "60" }, CancellationToken.None).Single();

        Assert.Equal(12, first.Bytes.Length);
        Assert.Equal("image_bytes_not_an_image.parquet row 0 column image", first.Image.Source);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*.parquet")]
    public void Open_MissingShard_NamesIt(string pattern)
    {
        string folder = GoldenSets.Folder("bad", "missing-shard");

        Assert.Equal(
            $"{folder}/train-00001-of-00003.parquet: missing; the names promise 3 shards",
            GoldenSets.Error(() => GoldenSets.Open("flickr30k", Path.Combine(folder, pattern))));
    }

    [Fact]
    public void Open_OneShardByName_ReadsThatOne()
    {
        string file = GoldenSets.Folder("bad", "missing-shard", "train-00000-of-00003.parquet");

        Assert.NotEmpty(GoldenSets.Open("flickr30k", file).Items().Items);
    }

    [Fact]
    public void ReadItems_ShardsOfTwoSchemas_NamesBothFiles()
    {
        string folder = GoldenSets.Folder("bad", "shards-of-two-schemas");

        Assert.Equal(
            $"{folder}/train-00000-of-00002.parquet and {folder}/train-00001-of-00002.parquet differ: "
            + "column caption is VARCHAR[] in the first, VARCHAR in the second",
            GoldenSets.Error(() => GoldenSets.Open("flickr30k", folder).Items()));
    }

    [Fact]
    public void Open_NothingThere_SaysSo()
    {
        using TemporaryFolder folder = new();

        Assert.Equal(
            $"{folder.Root}: no file in this folder ends in .parquet",
            GoldenSets.Error(() => GoldenSets.Open("flickr30k", folder.Root)));
        Assert.Equal(
            $"{folder.Root}/x*/y.parquet: no such file, folder or match",
            GoldenSets.Error(() => GoldenSets.Open("flickr30k", $"{folder.Root}/x*/y.parquet")));
    }

    // Whatever is damaged, the outcome is items or a DataException, never a crash.
    [Fact]
    public void ReadItems_AnyByteChanged_EndsInItemsOrOneLine()
    {
        using TemporaryFolder folder = new();
        byte[] whole = File.ReadAllBytes(GoldenSets.Folder("parquet-variants", "snappy.parquet"));
        Random random = new(1);
        for (int i = 0; i < 60; i++)
        {
            byte[] damaged = [.. whole];
            int changes = random.Next(1, 4);
            for (int k = 0; k < changes; k++)
            {
                damaged[random.Next(4, damaged.Length)] = (byte)random.Next(256);
            }

            string file = Path.Combine(folder.Root, $"{i}.parquet");
            File.WriteAllBytes(file, damaged);
            Exception? e = Record.Exception(() => GoldenSets.Open("flickr30k", file).Digests());
            Assert.True(e is null or DataException, $"{e}");
        }
    }
}
