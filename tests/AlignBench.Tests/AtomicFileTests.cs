namespace AlignBench.Tests;

public class AtomicFileTests
{
    [Fact]
    public void ThrowIfUnwritable_AFolderThatIsNotThere_LeavesNothing()
    {
        using TemporaryFolder folder = new();

        AtomicFile.ThrowIfUnwritable(folder.File("a/b"));

        Assert.Empty(Directory.GetFileSystemEntries(folder.Root));
    }

    [Fact]
    public void ThrowIfUnwritable_BelowAFile_NamesTheFile()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("notes", "mine");

        IOException failure = Assert.Throws<IOException>(() => AtomicFile.ThrowIfUnwritable(folder.File("notes/b")));

        Assert.Equal($"{file}/b: expected a folder, {file} is a file", failure.Message);
    }

    [Fact]
    public void ThrowIfUnwritable_WhereNobodyMayWrite_NamesTheFolder()
    {
        IOException failure = Assert.Throws<IOException>(() => AtomicFile.ThrowIfUnwritable("/proc/none"));

        Assert.StartsWith("/proc/none: can't write in /proc: ", failure.Message, StringComparison.Ordinal);
    }
}
