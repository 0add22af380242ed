using System.Text.Json;
using AlignBench.Data;

namespace AlignBench.Tests.Data;

public class PickapicTests
{
    [Theory]
    [InlineData("validation_unique-00000-of-00001.parquet")]
    [InlineData("plain-zstd-groups4.parquet")]
    public void ReadItems_BothEncodings_AreTheExpectedOnes(string file)
    {
        IDataset dataset = GoldenSets.Open("pickapic", GoldenSets.Folder("pickapic", file));
        JsonElement[] expected = GoldenSets.ExpectedItems("pickapic");

        DatasetItems read = dataset.Items();

        Assert.Empty(read.Skipped);
        Assert.Equal(expected.Select(item => item.Text("id")), read.Items.Select(item => item.Id));
        Dictionary<string, string> digests = dataset.Digests().ToDictionary(
            image => image.Id, image => image.Digest);
        foreach ((JsonElement want, Item item) in expected.Zip(read.Items))
        {
            Assert.Equal(want.Text("caption"), item.Group);
            Assert.Equal([want.Text("caption")], item.Captions.Select(caption => caption.Text));
            Assert.Equal(want.GetProperty("label_0").GetDouble(), item.Labels[0]);
            Assert.Equal(want.GetProperty("label_1").GetDouble(), item.Labels[1]);
            Assert.Equal(
                [want.Text("image_0_uid"), want.Text("image_1_uid")], item.Images.Select(image => image.Id));
            Assert.Equal(
                [want.Text("image_0_sha256"), want.Text("image_1_sha256")],
                item.Images.Select(image => digests[image.Id]));
        }
    }

    // Rows 0 and 7 show the picture 3bb427c1...: 20 cells, 19 images.
    [Fact]
    public void ReadImages_PictureInTwoRows_ComesOnce()
    {
        IDataset dataset = GoldenSets.Open(
            "pickapic", GoldenSets.Folder("pickapic", "plain-zstd-groups4.parquet"));

        Assert.Equal(19, dataset.Digests().Count);
    }

    [Fact]
    public void ReadItems_WithoutLabels_LeavesThemOutAndCounts()
    {
        IDataset dataset = GoldenSets.Open(
            "pickapic", GoldenSets.Folder("pickapic", "without-labels.parquet"));

        DatasetItems read = dataset.Items();

        Assert.Equal(["0"], read.Items.Select(item => item.Id));
        Assert.Equal(
            [
                "without-labels.parquet row 1: no preference: a label is null",
                "without-labels.parquet row 2: no preference: a label is not a finite number",
            ],
            read.Skipped.Words());
    }

    [Fact]
    public void ReadItems_Toy_HasTheCountsItsReadmeStates()
    {
        IDataset dataset = GoldenSets.Open(
            "pickapic", Path.Combine(TestPaths.Toy, "data", "pickapic"), split: "validation_unique");

        DatasetItems read = dataset.Items();

        Assert.Equal(433, read.Items.Count);
        Item[] untied = [.. read.Items.Where(item => item.Labels[0] != 0.5)];
        Assert.Equal(408, untied.Length);
        Assert.Equal(378, untied.Select(item => item.Group).Distinct().Count());
        Assert.Empty(read.Skipped);
    }

    [Fact]
    public void Open_SplitThatNoShardIsNamedAfter_Throws()
    {
        string folder = GoldenSets.Folder("pickapic");

        Assert.Equal(
            $"{folder}: no shard's name starts with train-",
            GoldenSets.Error(() => GoldenSets.Open("pickapic", folder, split: "train")));
    }

    [Fact]
    public void ReadItems_OtherLayout_NamesTheColumnAndThoseThereAre()
    {
        string file = GoldenSets.Folder("flickr30k-hf", "train-00000-of-00003.parquet");

        Assert.Equal(
            $"{file}: no column jpg_0; there are image, caption, sentids, split, img_id, filename",
            GoldenSets.Error(() => GoldenSets.Open("pickapic", file).Items()));
    }
}
