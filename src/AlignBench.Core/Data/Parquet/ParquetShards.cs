using AlignBench.Interop.DuckDb;

namespace AlignBench.Data.Parquet;

/// <summary>Parquet files open for reading, in a DuckDB that can read nothing else.</summary>
internal sealed class ParquetShards : IDisposable
{
    // A folder named split=test would otherwise show as a column.
    private const string Source = "FROM read_parquet($1, file_row_number = true, hive_partitioning = false)";

    private readonly DuckDbSession _session;

    private ParquetShards(DuckDbSession session) => _session = session;

    /// <param name="files">Absolute paths.</param>
    public static ParquetShards Open(IReadOnlyList<string> files) =>
        new(DuckDbSession.Open(new DuckDbOptions { ReadableFiles = files }));

    /// <exception cref="DataException">The file is no Parquet file, or a damaged one.</exception>
    public ParquetSchema Schema(string file, CancellationToken cancellation)
    {
        ParquetFooter.ThrowIfSizesExceedIt(file);
        string nulls = "SELECT DISTINCT name FROM parquet_schema($1) WHERE logical_type = 'NullType()'";
        HashSet<string> onlyNulls = [];
        foreach (DuckDbReader chunk in Query(file, "", nulls, cancellation))
        {
            onlyNulls.UnionWith(Enumerable.Range(0, chunk.RowCount).Select(chunk.Column(0).Text));
        }

        using DuckDbReader reader = Start(
            file, "", $"SELECT * EXCLUDE (file_row_number) {Source} LIMIT 0", cancellation);
        return new ParquetSchema(file, reader.Columns, onlyNulls);
    }

    /// <summary>Streams every row of a file, in order.</summary>
    /// <param name="file">One of the files opened.</param>
    /// <param name="expressions">
    /// SQL over the file's columns; the values follow the row's number, column 0.
    /// </param>
    /// <param name="cancellation">Interrupts the scan.</param>
    /// <exception cref="DataException">
    /// The file is damaged, or has fewer rows than its footer says.
    /// </exception>
    public IEnumerable<DuckDbReader> Rows(
        string file, IReadOnlyList<string> expressions, CancellationToken cancellation)
    {
        using IEnumerator<DuckDbReader> chunks =
            Query(file, "", Scan(expressions), cancellation).GetEnumerator();
        long rows = 0;
        while (Next(chunks, file, expressions, cancellation))
        {
            rows += chunks.Current.RowCount;
            yield return chunks.Current;
        }

        long promised = RowCount(file, cancellation);
        if (rows != promised)
        {
            throw new DataException($"{file}: the footer promises {promised} rows, got {rows}");
        }
    }

    /// <summary>
    /// The rows in which a cell is null. Statistics answer this without the cells where they are there.
    /// </summary>
    public HashSet<long> RowsWithout(string file, ParquetColumnPath column, CancellationToken cancellation)
    {
        string sql = $"{Scan([])} WHERE {column.Sql} IS NULL";
        HashSet<long> rows = [];
        foreach (DuckDbReader chunk in Query(file, $", column {column}", sql, cancellation))
        {
            DuckDbVector numbers = chunk.Column(0);
            for (int i = 0; i < chunk.RowCount; i++)
            {
                rows.Add(numbers.WholeNumber(i));
            }
        }

        return rows;
    }

    /// <summary>Runs a query whose <c>$1</c> is the file and yields it once per chunk.</summary>
    /// <param name="file">One of the files opened.</param>
    /// <param name="where">Follows the file's name in messages.</param>
    /// <param name="sql">The query.</param>
    /// <param name="cancellation">Interrupts it.</param>
    /// <exception cref="DataException">DuckDB's words, after the file's name.</exception>
    public IEnumerable<DuckDbReader> Query(
        string file, string where, string sql, CancellationToken cancellation)
    {
        using DuckDbReader reader = Start(file, where, sql, cancellation);
        while (Advance(reader, file, where))
        {
            yield return reader;
        }
    }

    public void Dispose() => _session.Dispose();

    /// <summary>A query for every row's number, and for expressions over its columns.</summary>
    public static string Scan(IEnumerable<string> expressions) =>
        $"SELECT {string.Join(", ", expressions.Prepend("file_row_number"))} {Source}";

    // DuckDB does not say which column is damaged: after a failure each is read by itself.
    private bool Next(
        IEnumerator<DuckDbReader> chunks,
        string file,
        IReadOnlyList<string> expressions,
        CancellationToken cancellation)
    {
        try
        {
            return chunks.MoveNext();
        }
        catch (DataException)
        {
            foreach (string expression in expressions)
            {
                string name = expression.Split("::")[0].Replace("\"", "", StringComparison.Ordinal);
                string sql = Scan([expression]);
                foreach (DuckDbReader chunk in Query(file, $", column {name}", sql, cancellation))
                {
                }
            }

            throw;
        }
    }

    private long RowCount(string file, CancellationToken cancellation)
    {
        using DuckDbReader reader =
            Start(file, "", "SELECT num_rows FROM parquet_file_metadata($1)", cancellation);
        return Advance(reader, file, "") ? reader.Column(0).WholeNumber(0) : 0;
    }

    private DuckDbReader Start(string file, string where, string sql, CancellationToken cancellation)
    {
        try
        {
            return _session.Query(sql, cancellation, _session.PathOf(file));
        }
        catch (DuckDbException e)
        {
            throw Damaged(file, where, e);
        }
    }

    private static bool Advance(DuckDbReader reader, string file, string where)
    {
        try
        {
            return reader.Read();
        }
        catch (DuckDbException e)
        {
            throw Damaged(file, where, e);
        }
    }

    // DuckDB shows the statement below its message; one line is enough.
    private static DataException Damaged(string file, string where, DuckDbException e) =>
        new($"{file}{where}: {e.Message.Split('\n')[0]}");
}
