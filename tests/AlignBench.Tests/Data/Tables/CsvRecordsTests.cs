using AlignBench.Data.Tables;

namespace AlignBench.Tests.Data.Tables;

public class CsvRecordsTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", "1:a|b 2:1|2")]
    [InlineData("a,b\r\n1,2", "1:a|b 2:1|2")]
    [InlineData("a,\n,b\n,\n", "1:a| 2:|b 3:|")]
    [InlineData("a\n\n\r\nb\n", "1:a 4:b")]
    [InlineData("\"a\",\"b,c\"\n\"\",d\n", "1:a|b,c 2:|d")]
    [InlineData("\"x\"\"y\",\"\"\"\"\n", "1:x\"y|\"")]
    [InlineData("a \"quoted\" word,b\n", "1:a \"quoted\" word|b")]
    [InlineData("\"two\nlines\",\"and\r\nmore\"\nlast,x\n", "1:two\nlines|and\r\nmore 4:last|x")]
    [InlineData("\"\n\n\",x\n", "1:\n\n|x")]
    [InlineData("NA,null\n", "1:NA|null")]
    [InlineData("\uFEFFa,b\n", "1:a|b")]
    [InlineData("", "")]
    public void Read_WellFormed_GivesFieldsAndLines(string text, string expected)
    {
        Assert.Equal(expected, Read(text));
    }

    [Theory]
    [InlineData("a\n\"b\" c,d\n", ": line 2: text after a closing quote")]
    [InlineData("a\n\"b\n\nc\n", ": a quote opened on line 2 is never closed")]
    public void Read_BrokenQuotes_NamesTheLine(string text, string message)
    {
        Assert.EndsWith(message, GoldenSets.Error(() => Read(text)), StringComparison.Ordinal);
    }

    // Lines longer than the buffer of 64 KiB, and one that ends just at its edge.
    [Fact]
    public void Read_LongLines_AreKeptWhole()
    {
        string[] fields = [new('x', 65535), new('y', 200_000), "\"", new('z', 3)];
        string text = string.Concat(fields.Select(field => $"{(field == "\"" ? "\"\"\"\"" : field)}\n"));

        Assert.Equal($"1:{fields[0]} 2:{fields[1]} 3:\" 4:zzz", Read(text));
    }

    private static string Read(string text)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("t.csv", text);
        return string.Join(
            ' ', CsvRecords.Read(path, ',').Select(
                record => $"{record.Line}:{string.Join('|', record.Fields)}"));
    }
}
