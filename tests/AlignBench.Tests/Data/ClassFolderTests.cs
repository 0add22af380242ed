using AlignBench.Data;

namespace AlignBench.Tests.Data;

public class ClassFolderTests
{
    [Fact]
    public void ReadItems_ImageNetsLayout_TheFirstFolderIsTheClass()
    {
        using TemporaryFolder folder = new();
        folder.Write("n02119789/n02119789_1.JPEG", "x");
        folder.Write("n01440764/deeper/n01440764_9.JPEG", "x");
        folder.Write("n01440764/n01440764_10.JPEG", "x");
        folder.Write("n01440764/notes.txt", "no image");
        folder.Write("stray.jpg", "x");

        DatasetItems read = GoldenSets.Open("class-folders", folder.Root).Items();

        Assert.Equal(
            ["n01440764", "n01440764", "n02119789"], read.Items.Select(item => Assert.Single(item.Captions).Text));
        Assert.Equal("n01440764/deeper/n01440764_9.JPEG", read.Items[0].Id);
        Assert.Equal(["stray.jpg: in no class's folder"], read.Skipped.Words());
    }
}
