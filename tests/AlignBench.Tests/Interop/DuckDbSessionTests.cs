using AlignBench.Data.Parquet;
using AlignBench.Interop.DuckDb;

namespace AlignBench.Tests.Interop;

public class DuckDbSessionTests
{
    private static readonly string s_shard =
        TestPaths.Golden("datasets", "flickr30k-hf", "train-00000-of-00003.parquet");

    [Fact]
    public void LibraryVersion_IsTheOneThatSetUpInstalls()
    {
        Assert.Equal("v1.5.6", DuckDbSession.LibraryVersion);
    }

    [Fact]
    public void Query_NumbersOfEveryKind_ComeBackAsTheyAre()
    {
        object?[][] rows = Rows(
            """
            SELECT true, (-128)::TINYINT, (-32768)::SMALLINT, (-2147483648)::INTEGER, (-9223372036854775808)::BIGINT,
                   255::UTINYINT, 65535::USMALLINT, 4294967295::UINTEGER, 9223372036854775807::UBIGINT,
                   0.1::FLOAT, 0.1::DOUBLE
            """);

        Assert.Equal(
            [
                [
                    true, -128L, -32768L, -2147483648L, long.MinValue,
                    255L, 65535L, 4294967295L, long.MaxValue, (double)0.1f, 0.1,
                ],
            ],
            rows);
    }

    // Texts of 12 bytes lie in the vector itself, of 13 elsewhere; a cat of 4 bytes thrice is 12.
    [Theory]
    [InlineData("")]
    [InlineData("twelve bytes")]
    [InlineData("thirteen byte")]
    [InlineData("🐈🐈🐈")]
    [InlineData("🐈🐈🐈.")]
    [InlineData("it's 'quoted' — $1 \\ \n\t")]
    public void Query_TextAsParameter_ComesBackAsItIs(string text)
    {
        using DuckDbSession session = Open();
        using DuckDbReader reader = session.Query("SELECT $1::VARCHAR", CancellationToken.None, text);

        Assert.True(reader.Read());
        Assert.Equal(text, reader.Column(0).Text(0));
        Assert.False(reader.Read());
    }

    [Fact]
    public void Query_BinaryWithEveryByte_ComesBackAsItIs()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

        object?[][] rows = Rows($"SELECT from_hex('{Convert.ToHexString(all)}'), ''::BLOB, NULL::BLOB");

        Assert.Equal([[all, Array.Empty<byte>(), null]], rows);
    }

    [Fact]
    public void Query_NullsOnEveryLevel_AreNull()
    {
        object?[][] rows = Rows(
            """
            SELECT unnest([{'a': 1, 'b': ['x', NULL]}, NULL, {'a': NULL, 'b': NULL}, {'a': 2, 'b': []}])
            """);

        Assert.Equal(
            "a=1 b=[x,null]|null|a=null b=null|a=2 b=[]",
            string.Join('|', rows.Select(row => Words(row[0]))));
    }

    [Fact]
    public void Query_ListsOfStructs_KeepTheirElements()
    {
        object?[][] rows = Rows(
            "SELECT [{'raw': 'one', 'ids': [1, 2]}, {'raw': NULL, 'ids': []}], [7, NULL]::BIGINT[]");

        Assert.Equal("[raw=one ids=[1,2],raw=null ids=[]]", Words(rows[0][0]));
        Assert.Equal("[7,null]", Words(rows[0][1]));
    }

    [Fact]
    public void Query_EnumAndNullType_AreTextAndNull()
    {
        object?[][] rows = Rows("SELECT unnest(['b', 'a', NULL])::ENUM ('a', 'b'), NULL");

        Assert.Equal([["b", null], ["a", null], [null, null]], rows);
    }

    [Fact]
    public void Columns_NestedTypes_AreSpelledAsInSql()
    {
        using DuckDbSession session = Open();
        using DuckDbReader reader = session.Query(
            "SELECT {'bytes': ''::BLOB, 'path': ''} AS image, [['x']] AS \"two deep\", DATE '2020-01-01' AS day",
            CancellationToken.None);

        Assert.Equal(
            ["image STRUCT(bytes BLOB, path VARCHAR)", "two deep VARCHAR[][]", "day another type (13)"],
            reader.Columns.Select(column => $"{column.Name} {column.Type}"));
    }

    [Fact]
    public void Read_MoreRowsThanAChunkHolds_KeepsOrderAndLosesNone()
    {
        using DuckDbSession session = Open();
        using DuckDbReader reader = session.Query("SELECT * FROM range(5000)", CancellationToken.None);

        List<long> numbers = [];
        int chunks = 0;
        for (; reader.Read(); chunks++)
        {
            numbers.AddRange(Enumerable.Range(0, reader.RowCount).Select(reader.Column(0).WholeNumber));
        }

        Assert.Equal(Enumerable.Range(0, 5000).Select(i => (long)i), numbers);
        Assert.Equal(3, chunks);
    }

    [Fact]
    public void Read_EndlessResult_IsStreamed()
    {
        using DuckDbSession session = Open();
        using DuckDbReader reader = session.Query(
            "SELECT * FROM range(1000000000000)", CancellationToken.None);

        Assert.True(reader.Read());
        Assert.Equal(0, reader.Column(0).WholeNumber(0));
    }

    [Fact]
    public async Task Read_CancelledFromAnotherThread_StopsInTheMiddleOfAChunk()
    {
        using CancellationTokenSource source = new();
        using DuckDbSession session = Open();
        const string Forever =
            "SELECT count(*) FROM range(1000000000000) a, range(1000000) b WHERE a.range + b.range = -1";

        Task<OperationCanceledException> run = Assert.ThrowsAsync<OperationCanceledException>(
            () => Task.Run(() => session.Query(Forever, source.Token).Read()));
        await Task.Delay(50);
        await source.CancelAsync();

        Assert.Equal(source.Token, (await run).CancellationToken);
    }

    [Fact]
    public void Query_AfterACancelledOne_Works()
    {
        using CancellationTokenSource source = new();
        using DuckDbSession session = Open();
        using (DuckDbReader reader = session.Query("SELECT * FROM range(1000000000000)", source.Token))
        {
            Assert.True(reader.Read());
            source.Cancel();
            Assert.Throws<OperationCanceledException>(() => reader.Read());
        }

        using DuckDbReader next = session.Query("SELECT 1", CancellationToken.None);
        Assert.True(next.Read());
    }

    [Fact]
    public void Query_WrongStatement_ThrowsWithDuckDbsWords()
    {
        using DuckDbSession session = Open();

        DuckDbException e = Assert.Throws<DuckDbException>(
            () => session.Query("SELEC 1", CancellationToken.None));

        Assert.StartsWith(
            "Parser Error: syntax error at or near \"SELEC\"", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FailureAfterTheFirstChunk_ThrowsInsteadOfEnding()
    {
        using DuckDbSession session = Open();

        Assert.Throws<DuckDbException>(() =>
        {
            using DuckDbReader reader = session.Query(
                "SELECT CASE WHEN range = 4999 THEN error('row 4999') ELSE range END FROM range(6000)",
                CancellationToken.None);
            while (reader.Read())
            {
            }
        });
    }

    [Theory]
    [InlineData("SELECT * FROM read_csv('/etc/passwd')")]
    [InlineData("SELECT * FROM read_text('/etc/hostname')")]
    [InlineData("SELECT * FROM glob('/etc/*')")]
    [InlineData("COPY (SELECT 1) TO '/tmp/alignbench-must-not-be-written.csv'")]
    [InlineData("ATTACH '/tmp/alignbench-must-not-be-written.db'")]
    [InlineData("INSTALL httpfs")]
    [InlineData("LOAD httpfs")]
    [InlineData("SET enable_external_access = true")]
    [InlineData("SET threads = 8")]
    public void Query_AnythingButTheFilesGiven_IsRefused(string sql)
    {
        using DuckDbSession session = Open(s_shard);

        Assert.Throws<DuckDbException>(() =>
        {
            using DuckDbReader reader = session.Query(sql, CancellationToken.None);
            reader.Read();
        });
    }

    [Fact]
    public void PathOf_NameThatLooksLikeAPattern_MeansThatFile()
    {
        string folder = Directory.CreateTempSubdirectory("alignbench [a]*?'").FullName;
        try
        {
            string odd = Path.Combine(folder, "x[1]*.parquet");
            File.Copy(s_shard, odd);
            using DuckDbSession session = Open(odd);
            using DuckDbReader reader = session.Query(
                "SELECT count(*) FROM read_parquet($1)", CancellationToken.None, session.PathOf(odd));

            Assert.True(reader.Read());
            Assert.Equal(4, reader.Column(0).WholeNumber(0));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Open_MemoryLimit_IsKept()
    {
        using DuckDbSession session =
            DuckDbSession.Open(new DuckDbOptions { ReadableFiles = [], MemoryLimitMebibytes = 16 });

        DuckDbException e = Assert.Throws<DuckDbException>(() =>
        {
            using DuckDbReader reader = session.Query(
                "SELECT list(range::VARCHAR) FROM range(10000000)", CancellationToken.None);
            reader.Read();
        });
        Assert.StartsWith("Out of Memory Error", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Column_AfterTheNextRead_IsGone()
    {
        using DuckDbSession session = Open();
        using DuckDbReader reader = session.Query("SELECT * FROM range(5000)", CancellationToken.None);
        reader.Read();
        DuckDbVector first = reader.Column(0);
        reader.Read();

        Assert.Throws<ObjectDisposedException>(() => first.WholeNumber(0));
    }

    [Fact]
    public void Column_WrongUse_ThrowsInsteadOfReadingElsewhere()
    {
        using DuckDbSession session = Open();
        using DuckDbReader reader = session.Query("SELECT 1::BIGINT, NULL::VARCHAR", CancellationToken.None);
        Assert.Throws<InvalidOperationException>(() => reader.Column(0));
        reader.Read();

        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Column(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Column(0).WholeNumber(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Column(0).WholeNumber(-1));
        Assert.Throws<InvalidOperationException>(() => reader.Column(0).Text(0));
        Assert.Throws<InvalidOperationException>(() => reader.Column(0).Elements());
        Assert.Throws<InvalidOperationException>(() => reader.Column(0).Field("x"));
        Assert.Throws<InvalidOperationException>(() => reader.Column(1).Text(0));
    }

    private static DuckDbSession Open(params string[] files) =>
        DuckDbSession.Open(new DuckDbOptions { ReadableFiles = files });

    private static object?[][] Rows(string sql)
    {
        using DuckDbSession session = Open();
        using DuckDbReader reader = session.Query(sql, CancellationToken.None);
        List<object?[]> rows = [];
        while (reader.Read())
        {
            for (int i = 0; i < reader.RowCount; i++)
            {
                rows.Add(
                    [.. Enumerable.Range(0, reader.Columns.Count).Select(
                        column => Value(reader.Column(column), i))]);
            }
        }

        return [.. rows];
    }

    private static object? Value(DuckDbVector vector, int row)
    {
        if (vector.IsNull(row))
        {
            return null;
        }

        return vector.Type.Kind switch
        {
            DuckDbKind.Boolean => vector.Boolean(row),
            DuckDbKind.Float or DuckDbKind.Double => vector.Number(row),
            DuckDbKind.Blob => vector.Bytes(row),
            DuckDbKind.List => Elements(vector, row),
            DuckDbKind.Struct => vector.Type.Fields.ToDictionary(
                field => field.Name, field => Value(vector.Field(field.Name), row)),
            _ when vector.Type.IsText => vector.Text(row),
            _ => vector.WholeNumber(row),
        };
    }

    private static object?[] Elements(DuckDbVector vector, int row)
    {
        DuckDbVector elements = vector.Elements();
        (int start, int count) = vector.List(row).GetOffsetAndLength(elements.Rows);
        return [.. Enumerable.Range(start, count).Select(i => Value(elements, i))];
    }

    private static string Words(object? value) => value switch
    {
        null => "null",
        object?[] list => $"[{string.Join(',', list.Select(Words))}]",
        Dictionary<string, object?> fields =>
            string.Join(' ', fields.Select(field => $"{field.Key}={Words(field.Value)}")),
        _ => value.ToString()!,
    };
}
