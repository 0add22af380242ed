using AlignBench.Data;

namespace AlignBench.Tests.Data;

public class GeneratedTests
{
    private static readonly string s_folder = Path.Combine(TestPaths.Toy, "data", "generated");

    [Fact]
    public void ReadItems_Toy_HasFiveSeedsForEachPrompt()
    {
        DatasetItems read = GoldenSets.Open("generated", s_folder).Items();

        Assert.Equal(400, read.Items.Count);
        Assert.Empty(read.Skipped);
        Assert.All(read.Items, item =>
        {
            Assert.Equal(
                Enumerable.Range(0, 5).Select(seed => $"{item.Id}/{seed}"),
                item.Images.Select(image => image.Id));
            Assert.Equal(item.Id, Assert.Single(item.Captions).Id);
        });
    }

    [Fact]
    public void ReadItems_Toy_PromptsAreTheCaptionsTheyNameOfTheImagesTheyName()
    {
        string coco = Path.Combine(TestPaths.Toy, "data", "coco");
        Dictionary<string, Item> images = GoldenSets
            .Open("coco", Path.Combine(coco, "annotations", "captions_val.json"), Path.Combine(coco, "val"))
            .Items().Items.ToDictionary(item => item.Id);

        Assert.All(
            GoldenSets.Open("generated", s_folder).Items().Items,
            item => Assert.Equal(images[item.Group].Captions[0], item.Captions[0]));
    }

    [Fact]
    public void ReadImages_Toy_AreAllDifferentAndInStorageOrder()
    {
        IDataset dataset = GoldenSets.Open("generated", s_folder);

        List<(string Id, string Digest)> images = dataset.Digests();

        Assert.Equal(2000, images.Count);
        Assert.Equal(2000, images.Select(image => image.Digest).Distinct().Count());
    }
}
