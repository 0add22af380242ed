using AlignBench.Data;
using AlignBench.Data.Files;

namespace AlignBench.Tests.Data.Files;

public class BracePatternTests
{
    // As bash 5.2 and Python's braceexpand 0.1.7 do.
    [Theory]
    [InlineData("/d/x.tar", "/d/x.tar")]
    [InlineData("/d/{000..003}.tar", "/d/000.tar /d/001.tar /d/002.tar /d/003.tar")]
    [InlineData("/d/{8..11}.tar", "/d/8.tar /d/9.tar /d/10.tar /d/11.tar")]
    [InlineData("/d/{08..11}.tar", "/d/08.tar /d/09.tar /d/10.tar /d/11.tar")]
    [InlineData("/d/{2..0}", "/d/2 /d/1 /d/0")]
    [InlineData("/{a,b}/{0..1}.tar", "/a/0.tar /a/1.tar /b/0.tar /b/1.tar")]
    [InlineData("/d/{a,}x", "/d/ax /d/x")]
    [InlineData("/d/{one}.tar", "/d/{one}.tar")]
    [InlineData("/d/{0..x}.tar", "/d/{0..x}.tar")]
    [InlineData("/d/{0..2", "/d/{0..2")]
    [InlineData("/d/}{", "/d/}{")]
    public void Expand_IsWhatAShellMakesOfIt(string pattern, string expected) =>
        Assert.Equal(expected.Split(' '), BracePattern.Expand(pattern));

    [Theory]
    [InlineData("/d/{0..1000000}")]
    [InlineData("/d/{0..2147483647}")]
    [InlineData("/d/{0..999}{0..999}{0..9}")]
    public void Expand_EndlessPattern_IsRefused(string pattern) =>
        Assert.Equal(
            $"{pattern}: stands for more than 1000000 files",
            Assert.Throws<DataException>(() => BracePattern.Expand(pattern)).Message);

    [Fact]
    public void Open_WebDatasetOfARange_TakesThoseShards()
    {
        IDataset dataset = GoldenSets.Open("webdataset", GoldenSets.Folder("webdataset", "{00000..00001}.tar"));

        Assert.Equal(
            [GoldenSets.Folder("webdataset", "00000.tar"), GoldenSets.Folder("webdataset", "00001.tar")],
            dataset.Files);
        Assert.Equal(GoldenSets.ExpectedItems("webdataset").Length, dataset.Items().Items.Count);
    }

    [Fact]
    public void Open_RangeWithAGap_NamesTheMissingShard()
    {
        string pattern = GoldenSets.Folder("webdataset", "{00000..00002}.tar");

        Assert.Equal(
            $"{GoldenSets.Folder("webdataset", "00002.tar")}: missing; {pattern} asks for it",
            GoldenSets.Error(() => GoldenSets.Open("webdataset", pattern)));
    }

    [Fact]
    public void Open_FileWithBracesInItsName_IsThatFile()
    {
        using TemporaryFolder folder = new();
        File.Copy(GoldenSets.Folder("webdataset", "00000.tar"), folder.File("{0..1}.tar"));

        Assert.Equal([folder.File("{0..1}.tar")], GoldenSets.Open("webdataset", folder.File("{0..1}.tar")).Files);
    }
}
