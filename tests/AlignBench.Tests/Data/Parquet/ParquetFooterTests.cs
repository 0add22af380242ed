using AlignBench.Data.Parquet;

namespace AlignBench.Tests.Data.Parquet;

public class ParquetFooterTests
{
    // A struct whose field 1 is a text (0x18) of 2^31 - 1 bytes, in a footer of 7 bytes.
    [Fact]
    public void ThrowIfSizesExceedIt_TextLongerThanTheFooter_NamesFileAndPlace()
    {
        using TemporaryFolder folder = new();
        string file = folder.File("a.parquet");
        File.WriteAllBytes(
            file, [.. "PAR1"u8, 0x18, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0x00, 7, 0, 0, 0, .. "PAR1"u8]);

        DataException failure = Assert.Throws<DataException>(() => ParquetFooter.ThrowIfSizesExceedIt(file));

        Assert.Equal(
            $"{file}: damaged footer: at byte 6 of 7 it says that 2147483647 bytes or values follow", failure.Message);
    }

    [Fact]
    public void ThrowIfSizesExceedIt_WholeFiles_Pass() => Assert.All(
        Directory.GetFiles(TestPaths.Golden("datasets"), "*.parquet", SearchOption.AllDirectories)
            .Where(file => !file.Contains("bad", StringComparison.Ordinal)),
        ParquetFooter.ThrowIfSizesExceedIt);
}
