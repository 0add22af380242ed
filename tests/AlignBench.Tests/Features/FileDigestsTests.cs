using AlignBench.Features;

namespace AlignBench.Tests.Features;

public class FileDigestsTests
{
    // printf abc | sha256sum
    private const string Abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Fact]
    public void Of_AFile_IsItsSha256()
    {
        using TemporaryFolder folder = new();

        Assert.Equal(Abc, new FileDigests(folder.File("cache.json")).Of(folder.Write("a.txt", "abc")).Sha256);
    }

    [Fact]
    public void Of_AFileThatChanged_IsComputedAgain()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("a.txt", "abc");
        FileDigests first = new(folder.File("cache.json"));
        first.Of(file);
        first.Save();

        File.WriteAllText(file, "abcd");

        Assert.NotEqual(Abc, new FileDigests(folder.File("cache.json")).Of(file).Sha256);
    }

    [Fact]
    public void Of_AMissingFile_NamesIt()
    {
        using TemporaryFolder folder = new();

        AlignBenchException failure = Assert.Throws<AlignBenchException>(() =>
            new FileDigests(folder.File("cache.json")).Of(folder.File("none.bin")));

        Assert.Contains("none.bin: file not found", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[{\"Path\": 3}]")]
    public void Of_WithADamagedCache_StartsAnew(string damaged)
    {
        using TemporaryFolder folder = new();
        string cache = folder.Write("cache.json", damaged);

        Assert.Equal(Abc, new FileDigests(cache).Of(folder.Write("a.txt", "abc")).Sha256);
    }
}
