using AlignBench.Reports;

namespace AlignBench.Tests.Reports;

public sealed class CsvTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(10.0, "10.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1e-8, "1E-08")]
    [InlineData(1e22, "1E+22")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(5e-324, "5E-324")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Format_Double_ReadsBackToTheBitAndNeverAsACount(double value, string text)
    {
        Assert.Equal(text, CsvCell.Format(value));
        Assert.False(CsvCell.TryWhole(text, out _));
        Assert.True(CsvCell.TryNumber(text, out double back));
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(back));
    }

    [Theory]
    [InlineData("nan", double.NaN)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("-inf", double.NegativeInfinity)]
    [InlineData("1.4e-06", 1.4e-6)]
    [InlineData("7", 7)]
    public void TryNumber_OtherSpellings_AreNumbers(string text, double value)
    {
        Assert.True(CsvCell.TryNumber(text, out double number));
        Assert.Equal(value, number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1,5")]
    [InlineData("0x10")]
    [InlineData(" 1")]
    [InlineData("dinov2-toy-s")]
    public void TryNumber_Words_AreNone(string text) => Assert.False(CsvCell.TryNumber(text, out _));

    [Fact]
    public void Write_EveryType_ReadsBack()
    {
        string path = _folder.File("new/table.csv");
        CsvTable.Write(path, ["text", "count", "score", "flag", "none"],
        [
            ["a, \"quoted\"\nsentence ", 12L, 0.1f, true, null],
            ["", -3, 1.0, false, null],
        ]);

        CsvTable table = CsvTable.Read(path);
        Assert.Equal(["text", "count", "score", "flag", "none"], table.Columns);
        Assert.Equal(2, table.Rows.Count);
        Assert.Equal("a, \"quoted\"\nsentence ", table.Text(0, "text"));
        Assert.Equal(12, table.Whole(0, "count"));
        Assert.Equal(0.1f, table.Number(0, "score"));
        Assert.True(table.Truth(0, "flag"));
        Assert.Null(table.NumberOrNull(0, "none"));
        Assert.Equal("", table.Text(1, "text"));
        Assert.Equal(-3, table.Whole(1, "count"));
        Assert.Equal("1.0", table.Text(1, "score"));
        Assert.False(table.Truth(1, "flag"));
    }

    [Fact]
    public void Write_OneEmptyCell_IsARow()
    {
        string path = _folder.File("table.csv");
        CsvTable.Write(path, ["only"], [[null], ["x"]]);

        Assert.Equal(["", "x"], CsvTable.Read(path).Rows.Select(row => row[0]));
    }

    [Fact]
    public void Write_ThatFails_LeavesTheOldFileAndNothingElse()
    {
        string path = _folder.Write("table.csv", "a\n1\n");

        Assert.Throws<ArgumentException>(() => CsvTable.Write(path, ["a", "b"], [["x", 1], ["only one"]]));
        Assert.Throws<ArgumentException>(() => CsvTable.Write(path, ["a"], [[DateTime.UnixEpoch]]));
        Assert.Throws<ArgumentException>(() => CsvTable.Write(path, ["a", "a"], []));

        Assert.Equal("a\n1\n", File.ReadAllText(path));
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder.Root));
    }

    [Theory]
    [InlineData("", "expected a header")]
    [InlineData("a,b\n1\n", "field")]
    [InlineData("a,a\n1,2\n", "'a' is there twice")]
    [InlineData("a,b\n1,x\"y\n", "quote")]
    [InlineData("a,b\n1,\"open\n", "quote")]
    public void Read_BrokenTable_NamesTheFileAndTheFault(string text, string fault)
    {
        string path = _folder.Write("table.csv", text);

        string message = Assert.Throws<DataException>(() => CsvTable.Read(path)).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.Contains(fault, message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Getters_OtherThanExpected_NameRowColumnAndCell()
    {
        CsvTable table = CsvTable.Read(_folder.Write("table.csv", "a,b\nx,\n"));

        static string MessageOf(Func<object> read) => Assert.Throws<DataException>(read).Message;

        Assert.Equal(
            $"{table.SourcePath} row 1 column a: expected a number, got 'x'", MessageOf(() => table.Number(0, "a")));
        Assert.EndsWith("expected a whole number, got ''", MessageOf(() => table.Whole(0, "b")), StringComparison.Ordinal);
        Assert.EndsWith("no column 'c'; there are a, b", MessageOf(() => table.Text(0, "c")), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CarriageReturnsAndByteOrderMark_AreNoPartOfCells()
    {
        CsvTable table = CsvTable.Read(_folder.Write("table.csv", "\uFEFFa,b\r\n1,2\r\n"));

        Assert.Equal(["a", "b"], table.Columns);
        Assert.Equal(2, table.Whole(0, "b"));
    }
}
