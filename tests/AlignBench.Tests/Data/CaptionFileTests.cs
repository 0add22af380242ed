using System.Text.Json;
using AlignBench.Data;

namespace AlignBench.Tests.Data;

/// <summary>Flickr30k's own token file, Karpathy's JSON, and COCO in Parquet.</summary>
public class CaptionFileTests
{
    private static readonly string s_images = GoldenSets.Folder("flickr30k-files", "flickr30k-images");

    [Theory]
    [InlineData("flickr-token", "results_20130124.token", "1280.jpg#0")]
    [InlineData("karpathy", "dataset_flickr30k.json", "0")]
    public void ReadItems_BothFiles_HoldTheExpectedItems(string format, string file, string firstCaption)
    {
        IDataset dataset = GoldenSets.Open(format, GoldenSets.Folder("flickr30k-files", file), s_images);
        JsonElement[] expected = GoldenSets.ExpectedItems("flickr30k-files");

        DatasetItems read = dataset.Items();

        Assert.Empty(read.Skipped);
        Assert.Equal(firstCaption, read.Items[0].Captions[0].Id);
        Assert.Equal(
            expected.Select(item => (item.Text("id"), string.Join('|', item.Texts("captions")))),
            read.Items.Select(
                item => (item.Id, string.Join('|', item.Captions.Select(caption => caption.Text)))));
        Assert.Equal(
            expected.Select(item => (item.Text("id"), item.Text("image_sha256"))), dataset.Digests());
    }

    [Fact]
    public void ReadItems_KarpathySplit_TakesThoseOnly()
    {
        string file = GoldenSets.Folder("flickr30k-files", "dataset_flickr30k.json");
        IDataset dataset = GoldenSets.Open("karpathy", file, s_images, split: "test");

        Assert.Equal(
            GoldenSets.Expected("flickr30k-files").Texts("test_split_ids"), dataset.Items().Items.Select(
                item => item.Id));
    }

    [Fact]
    public void Open_TokenFileWithSplit_SaysItMarksNone()
    {
        string file = GoldenSets.Folder("flickr30k-files", "results_20130124.token");

        Assert.Equal(
            "format flickr-token marks no parts, so there is no split test to take",
            GoldenSets.Error(() => GoldenSets.Open("flickr-token", file, s_images, split: "test")));
    }

    [Fact]
    public void ReadItems_BadTokenLines_AreNamed()
    {
        string file = GoldenSets.Folder("bad", "bad-tables", "bad_token_line.token");

        Assert.Equal(
            $"{file}: expected image#k TAB caption: line 2 has no tab, line 3 has no number after #",
            GoldenSets.Error(() => GoldenSets.Open("flickr-token", file, s_images).Items()));
    }

    [Fact]
    public void ReadItems_TokenFileOfAnotherFolder_CountsWhatIsMissing()
    {
        using TemporaryFolder folder = new();
        folder.Write("1294.jpg", "x");
        DatasetItems read = GoldenSets
            .Open("flickr-token", GoldenSets.Folder("flickr30k-files", "results_20130124.token"), folder.Root)
            .Items();

        Assert.Equal("1294.jpg", Assert.Single(read.Items).Id);
        Assert.Equal(5, read.Skipped.Count);
        Assert.Equal(
            $"results_20130124.token line 1: image file {folder.File("1280.jpg")} is not there",
            read.Skipped.Words()[0]);
    }

    [Fact]
    public void ReadItems_KarpathyOfCoco_LooksIntoTheSubfolder()
    {
        using TemporaryFolder folder = new();
        folder.Write("val2014/a.jpg", "x");
        string path = folder.Write(
            "dataset_coco.json",
            """
            {"dataset": "coco", "images": [{"filepath": "val2014", "filename": "a.jpg", "split": "restval",
              "cocoid": 5, "sentences": [{"raw": "one", "sentid": 7, "tokens": ["one"]}, {"raw": " ", "sentid": 8}]}]}
            """);

        DatasetItems read = GoldenSets.Open("karpathy", path, folder.Root).Items();

        Assert.Equal(new Caption("7", "one"), Assert.Single(read.Items[0].Captions));
        Assert.Equal(
            "dataset_coco.json images[0] caption 1: the caption is blank",
            Assert.Single(read.Skipped.Words()));
    }

    [Fact]
    public void ReadItems_CocoInParquet_AreTheExpectedOnes()
    {
        IDataset dataset = GoldenSets.Open("coco-hf", GoldenSets.Folder("coco-hf"));
        JsonElement[] expected = GoldenSets.ExpectedItems("coco-hf");

        DatasetItems read = dataset.Items();

        Assert.Empty(read.Skipped);
        foreach ((JsonElement want, Item item) in expected.Zip(read.Items))
        {
            Assert.Equal(want.Text("id"), item.Id);
            Assert.Equal(want.Texts("captions"), item.Captions.Select(caption => caption.Text));
            Assert.Equal(want.Texts("sentids"), item.Captions.Select(caption => caption.Id));
        }

        Assert.Equal(
            expected.Select(item => (item.Text("id"), item.Text("image_sha256"))), dataset.Digests());
        Assert.Equal(
            2,
            GoldenSets.Open("coco-hf", GoldenSets.Folder("coco-hf"), split: "restval").Items().Items.Count);
    }

    [Fact]
    public void ReadItems_CocoFormatOnFlickr_NamesTheColumn()
    {
        Assert.Contains(
            ": no column sentences; there are image, caption, ",
            GoldenSets.Error(() => GoldenSets.Open("coco-hf", GoldenSets.Folder("flickr30k-hf")).Items()),
            StringComparison.Ordinal);
    }
}
