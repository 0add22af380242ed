using AlignBench.Reports;

namespace AlignBench.Tests.Reports;

public sealed class TableVerifierTests : IDisposable
{
    private static readonly string s_toy = Path.Combine(TestPaths.Toy, "expected");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Verify_ToyTablesAgainstThemselves_Agree()
    {
        VerificationResult result = TableVerifier.Verify(s_toy, s_toy, default, []);

        Assert.True(result.Agrees);
        Assert.Equal(Directory.EnumerateFiles(s_toy, "*.csv").Count(), result.Tables.Count);
        Assert.Empty(result.NotMade);
        Assert.Equal(256, result.Tables.Single(table => table.Table == "predictivity.csv").Rows);
    }

    // Which columns name a row of each toy table; adapters_lambda.csv needs a column of fractions.
    [Theory]
    [InlineData("predictivity.csv", "experiment condition vision language direction")]
    [InlineData("predictivity_folds.csv", "experiment condition vision language direction fold")]
    [InlineData("ttests.csv", "experiment direction standardisation")]
    [InlineData("curves.csv", "experiment direction k")]
    [InlineData("adapters_alignment.csv", "adapter rows when")]
    [InlineData("adapters_lambda.csv", "adapter rows when h lambda")]
    [InlineData("coco_clip_scores.csv", "image_id caption_id")]
    [InlineData("zero_shot_predictions.csv", "image")]
    [InlineData("mutual_knn.csv", "a b")]
    public void Choose_ToyTable_TakesTheColumnsThatNameARow(string table, string columns)
    {
        CsvTable expected = CsvTable.Read(Path.Combine(s_toy, table));

        Assert.Equal(
            columns.Split(' ').Where(expected.HasColumn),
            TableKey.Choose(expected, expected, new Dictionary<string, Tolerance>()));
    }

    [Theory]
    [InlineData("a,0,0.5\nb,1,0.25\n", true)]                  // the same
    [InlineData("b,1,0.25\na,0,0.5\n", true)]                  // in another order
    [InlineData("a,0,0.5000005\nb,1,0.2499995\n", true)]
    [InlineData("a,0,0.500002\nb,1,0.25\n", false)]
    [InlineData("a,0,0.5\nb,1,0.25\nc,2,1.5\n", true)]         // one more
    [InlineData("a,0,0.5\n", false)]                           // one less
    [InlineData("a,0,0.5\nB,1,0.25\n", false)]
    [InlineData("a,0,0.5\nb,2,0.25\n", false)]
    [InlineData("a,0,0.5\nb,1,\n", false)]
    [InlineData("a,0,0.5\nb,1,NaN\n", false)]
    [InlineData("a,0,0.5\nb,1,x\n", false)]
    [InlineData("a,0,0.5\nb,1,0.25\na,0,0.5\n", false)]        // twice
    public void Verify_OtherRows_AgreeOnlyIfEveryExpectedRowIsThereOnce(string rows, bool agrees)
    {
        Assert.Equal(agrees, Compare("name,fold,r\na,0,0.5\nb,1,0.25\n", "name,fold,r\n" + rows).Agrees);
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("nan", "NaN", true)]
    [InlineData("inf", "Infinity", true)]
    [InlineData("inf", "-inf", false)]
    [InlineData("inf", "1e300", false)]
    [InlineData("nan", "", false)]
    [InlineData("", "nan", false)]
    [InlineData("1", "1.0", true)]
    [InlineData("1.7143215341459832e-06", "1.7143E-06", true)]
    [InlineData("True", "true", true)]
    [InlineData("True", "False", false)]
    [InlineData("True", "1", false)]
    [InlineData("a \"b\"", "a \"b\"", true)]
    public void Verify_TwoCells_CompareAsWhatTheyAre(string expected, string got, bool agrees)
    {
        static string Table(string cell) =>
            $"id,value\n1,\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n2,0.5\n";

        Assert.Equal(agrees, Compare(Table(expected), Table(got)).Agrees);
    }

    [Fact]
    public void Verify_ColumnGone_IsNamedOnceAndTheOthersAreStillCompared()
    {
        TableComparison table = Compare("name,x,y\na,1.5,2.5\nb,3.5,4.5\n", "name,y\na,2.5\nb,9.5\n");

        Assert.Equal(
            [
                new TableDifference("", "x", "expected this column, got none"),
                new TableDifference("name=b", "y", "expected 4.5, got 9.5, difference 5, allowed 1E-06"),
            ],
            table.Differences);
    }

    [Fact]
    public void Verify_KeyColumnGone_IsTheOnlyDifference()
    {
        TableComparison table = Compare("name,fold,x\na,0,1.5\na,1,1.5\n", "name,x\na,1.5\na,1.5\n");

        Assert.Equal("fold", Assert.Single(table.Differences).Column);
    }

    // The run has a row more for each name, told apart by a column that the expected rows don't need as a key.
    [Fact]
    public void Verify_RunWithFurtherKinds_UsesALongerKey()
    {
        const string Expected = "name,kind,x\na,test,1.5\nb,test,2.5\n";

        Assert.True(Compare(Expected, "name,kind,x\na,train,7.5\na,test,1.5\nb,train,7.5\nb,test,2.5\n").Agrees);
    }

    [Fact]
    public void Verify_ExpectedRowTwice_IsADifference()
    {
        TableComparison table = Compare("name,x\na,1.5\na,1.5\n", "name,x\na,1.5\n");

        Assert.Contains("expected this row once", Assert.Single(table.Differences).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t: 0.01\np: {relative: 1e-3}", true)]
    [InlineData("t: {absolute: 0.01}\np: {absolute: 1e-12, relative: 1e-3}", true)]
    [InlineData("t: 0.001\np: {relative: 1e-3}", false)]
    [InlineData("t: 0.01\np: {relative: 1e-6}", false)]
    [InlineData("t: 0.01", true)]                              // p within 1e-6
    public void Verify_TolerancesOfColumns_HoldForThem(string yaml, bool agrees)
    {
        _folder.Write("expected/tolerances.yaml", yaml);

        Assert.Equal(agrees, Compare("name,t,p\na,10,1.000e-6\n", "name,t,p\na,10.005,1.0005e-6\n").Agrees);
    }

    [Theory]
    [InlineData("- t", "line 1: expected columns")]
    [InlineData("t: much", "line 1: expected a number that is not negative, got 'much'")]
    [InlineData("t: -1", "line 1: expected a number that is not negative")]
    [InlineData("x: 1e-6\nt: {absolut: 1}", "line 2: expected absolute or relative, got 'absolut'")]
    [InlineData("x: 1\nx: 2", "line 2")]
    [InlineData("q: 1e-6", "no table has a column 'q'")]
    public void Verify_BadToleranceFile_NamesLineAndFault(string yaml, string fault)
    {
        _folder.Write("expected/tolerances.yaml", yaml);

        ConfigException thrown = Assert.Throws<ConfigException>(() => Compare("x,t\n1,2\n", "x,t\n1,2\n"));
        Assert.Contains(fault, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_Filtered_ComparesOnlyTheRowsWanted()
    {
        const string Expected = "experiment,k,x\na,1,1.5\na,2,2.5\nb,1,3.5\nc,1,4.5\n";
        const string Got = "experiment,k,x\na,1,1.5\na,2,99.5\nb,1,3.5\n";

        Assert.True(Compare(Expected, Got, "experiment=a,b", "k=1").Agrees);
        Assert.False(Compare(Expected, Got, "experiment=a").Agrees);
        Assert.False(Compare(Expected, Got, "experiment=b", "experiment=c").Agrees);
        Assert.Equal(3, Compare(Expected, Got, "k=1").Rows);
    }

    [Theory]
    [InlineData("experiment=a,nosuch", "no expected table has experiment=nosuch")]
    [InlineData("nosuch=1", "no expected table has a column 'nosuch'")]
    public void Verify_FilterThatFitsNothing_IsNamed(string filter, string words)
    {
        _folder.Write("expected/t.csv", "experiment,x\na,1\n");
        _folder.Write("got/t.csv", "experiment,x\na,1\n");

        Assert.Equal([words], Verify(filter).Unmatched);
    }

    [Fact]
    public void Verify_TableNotMade_IsNamedButNoFailure()
    {
        _folder.Write("expected/more.csv", "x\n1\n");

        Assert.True(Compare("x\n1\n", "x\n1\n").Agrees);
        Assert.Equal(["more.csv"], Verify().NotMade);
    }

    [Fact]
    public void Verify_NothingInCommon_IsNoAgreement()
    {
        _folder.Write("expected/a.csv", "x\n1\n");
        _folder.Write("got/b.csv", "x\n1\n");

        Assert.False(Verify().Agrees);
        Directory.CreateDirectory(_folder.File("none"));
        Assert.Throws<DataException>(() => TableVerifier.Verify(_folder.File("got"), _folder.File("none"), default, []));
    }

    // Every number of a real table moved by twice the tolerance is a difference of its own.
    [Fact]
    public void Verify_ToyTableMovedByTwoTolerances_DiffersInEveryRow()
    {
        CsvTable table = CsvTable.Read(Path.Combine(s_toy, "predictivity.csv"));
        _folder.Write("expected/t.csv", File.ReadAllText(table.SourcePath));
        int score = table.IndexOf("score");
        IEnumerable<object?[]> moved = Enumerable.Range(0, table.Rows.Count).Select(row =>
        {
            object?[] cells = [.. table.Rows[row]];
            cells[score] = table.Number(row, "score") + 2e-6;
            return cells;
        });
        CsvTable.Write(_folder.File("got/t.csv"), table.Columns, moved);

        TableComparison comparison = Assert.Single(Verify().Tables);
        Assert.Equal(256, comparison.Differences.Count);
        Assert.All(comparison.Differences, difference => Assert.Equal("score", difference.Column));
        Assert.Equal(2e-6, comparison.LargestDifference, 1e-15);
    }

    private TableComparison Compare(string expected, string got, params string[] filters)
    {
        _folder.Write("expected/t.csv", expected);
        _folder.Write("got/t.csv", got);
        return Verify(filters).Tables.Single(table => table.Table == "t.csv");
    }

    private VerificationResult Verify(params string[] filters) =>
        TableVerifier.Verify(_folder.File("got"), _folder.File("expected"), Tolerance.Standard, RowFilter.Parse(filters));
}
