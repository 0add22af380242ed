using AlignBench.Data;

namespace AlignBench.Tests.Data;

public class DatasetCatalogTests
{
    [Theory]
    [InlineData("flikr30k", "unknown data set format 'flikr30k'; did you mean 'flickr30k'?")]
    [InlineData("Coco", "unknown data set format 'Coco'; did you mean 'coco'?")]
    [InlineData("pick-a-pic", "unknown data set format 'pick-a-pic'; did you mean 'pickapic'?")]
    public void Open_MisspeltFormat_SuggestsTheNearest(string name, string message)
    {
        Assert.Equal(message, GoldenSets.Error(() => GoldenSets.Open(name, "/")));
    }

    [Fact]
    public void Open_UnknownFormat_ListsThoseThereAre()
    {
        Assert.StartsWith(
            "unknown data set format 'laion-400m'; there are flickr30k, ",
            GoldenSets.Error(() => GoldenSets.Open("laion-400m", "/")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Formats_NamesAreUniqueAndEveryFieldSaysSomething()
    {
        IReadOnlyList<DatasetFormat> formats = DatasetCatalog.Formats;

        Assert.Equal(formats.Count, formats.Select(format => format.Name).Distinct().Count());
        Assert.All(formats, format => Assert.All(
            (string[])[format.Name, format.Description, format.Layout, format.Source, format.Licence],
            Assert.NotEmpty));
    }

    [Fact]
    public void Open_Name_IsTheSourcesOrTheFormats()
    {
        DatasetSource source = new() { Format = "flickr30k", Path = GoldenSets.Folder("flickr30k-hf") };

        Assert.Equal("flickr30k", DatasetCatalog.Open(source).Name);
        Assert.Equal("mine", DatasetCatalog.Open(source with { Name = "mine" }).Name);
    }
}
