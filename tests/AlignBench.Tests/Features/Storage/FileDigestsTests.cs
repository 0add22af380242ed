using AlignBench.Features.Storage;

namespace AlignBench.Tests.Features.Storage;

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
    [InlineData("[null]")]
    [InlineData("[{}]")]
    [InlineData("[{\"Path\": \"x\", \"Sha256\": \"ab\"}]")]
    public void Of_WithADamagedCache_StartsAnew(string damaged)
    {
        using TemporaryFolder folder = new();
        string cache = folder.Write("cache.json", damaged);

        Assert.Equal(Abc, new FileDigests(cache).Of(folder.Write("a.txt", "abc")).Sha256);
    }

    [Fact]
    public void Of_WithACacheThatHasAFileTwice_TakesTheFirst()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("a.txt", "abc");
        long modified = File.GetLastWriteTimeUtc(file).Ticks;
        string first = $$"""{"Path": "{{file}}", "Size": 3, "Modified": {{modified}}, "Sha256": "{{new string('1', 64)}}"}""";
        string cache = folder.Write("cache.json", $"[{first},{first}]");

        Assert.Equal(new string('1', 64), new FileDigests(cache).Of(file).Sha256);
    }

    [Fact]
    public void Save_WhereNothingCanBeWritten_IsNoFailure()
    {
        using TemporaryFolder folder = new();
        FileDigests digests = new("/proc/none/cache.json");

        Assert.Equal(Abc, digests.Of(folder.Write("a.txt", "abc")).Sha256);
        digests.Save();
    }
}
