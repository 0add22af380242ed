using AlignBench.Data;

namespace AlignBench.Tests.Data;

public class ImageFolderTests
{
    [Fact]
    public void ReadItems_ImagesAlone_HaveNoCaptions()
    {
        IDataset dataset = GoldenSets.Open("image-folder", GoldenSets.Folder("tables"));

        DatasetItems read = dataset.Items();

        Assert.Equal(
            Enumerable.Range(0, 7).Select(i => $"images/im {i}.jpg"), read.Items.Select(item => item.Id));
        Assert.All(read.Items, item => Assert.Empty(item.Captions));
        Assert.Empty(read.Skipped);
        Assert.Equal(
            GoldenSets.ExpectedItems("tables").Select(item => item.Text("image_sha256")),
            dataset.Digests().Select(image => image.Digest));
    }

    [Fact]
    public void ReadItems_TextFilesBesideThem_AreCaptionsByLine()
    {
        using TemporaryFolder folder = new();
        folder.Write("b/cat.PNG", "x");
        folder.Write("b/cat.txt", "one\ntwo\r\n");
        folder.Write("a.jpeg", "x");
        folder.Write("notes.txt", "no image of this name");

        DatasetItems read = GoldenSets.Open("image-folder", folder.Root).Items();

        Item item = Assert.Single(read.Items);
        Assert.Equal("b/cat.PNG", item.Id);
        Assert.Equal([new Caption("b/cat.PNG#0", "one"), new Caption("b/cat.PNG#1", "two")], item.Captions);
        Assert.Equal(["a.jpeg: no caption"], read.Skipped.Words());
    }

    [Fact]
    public void ReadItems_NoImage_Throws()
    {
        using TemporaryFolder folder = new();

        Assert.Equal(
            $"{folder.Root}: no rows",
            GoldenSets.Error(() => GoldenSets.Open("image-folder", folder.Root).Items()));
        Assert.Equal(
            $"{folder.Root}/x: no such folder",
            GoldenSets.Error(() => GoldenSets.Open("image-folder", folder.File("x"))));
    }
}
