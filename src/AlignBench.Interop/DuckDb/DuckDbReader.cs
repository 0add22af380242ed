namespace AlignBench.Interop.DuckDb;

/// <summary>
/// A streamed result: chunks of up to 2048 rows, one in hand at a time.
/// </summary>
public sealed class DuckDbReader : IDisposable
{
    private readonly ConnectionHandle _connection;
    private readonly ResultHandle _result;
    private readonly CancellationToken _cancellation;
    private ChunkHandle? _chunk;

    private DuckDbReader(ConnectionHandle connection, ResultHandle result, CancellationToken cancellation)
    {
        _connection = connection;
        _result = result;
        _cancellation = cancellation;

        DuckDbField[] columns = new DuckDbField[checked((int)DuckDbNative.ColumnCount(result))];
        for (int i = 0; i < columns.Length; i++)
        {
            using LogicalTypeHandle type = DuckDbNative.ColumnType(result, (ulong)i);
            string name = DuckDbNative.Text(DuckDbNative.ColumnName(result, (ulong)i));
            columns[i] = new DuckDbField(name, DuckDbType.From(type));
        }

        Columns = columns;
    }

    /// <summary>Names and types of the result's columns.</summary>
    public IReadOnlyList<DuckDbField> Columns { get; }

    /// <summary>Rows of the chunk in hand.</summary>
    public int RowCount { get; private set; }

    /// <summary>
    /// Drops the chunk in hand, with its vectors, and fetches the next.
    /// </summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="DuckDbException">The query failed on the way, for one at a damaged page.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public bool Read()
    {
        DropChunk();
        using CancellationTokenRegistration interrupt = InterruptOn(_connection, _cancellation);
        _cancellation.ThrowIfCancellationRequested();

        ChunkHandle chunk = DuckDbNative.FetchChunk(_result.Content);
        if (chunk.IsInvalid)
        {
            chunk.Dispose();
            ThrowIfFailed(_result, state: 0, _cancellation);
            return false;
        }

        _chunk = chunk;
        RowCount = checked((int)DuckDbNative.ChunkSize(chunk));
        return true;
    }

    /// <summary>
    /// A column of the chunk in hand; good until the next <see cref="Read"/> or <see cref="Dispose"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">No chunk is in hand.</exception>
    public DuckDbVector Column(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Columns.Count);
        if (_chunk is null)
        {
            throw new InvalidOperationException("no chunk is in hand: call Read first");
        }

        nint vector = DuckDbNative.ChunkVector(_chunk, (ulong)index);
        return new DuckDbVector(_chunk, vector, Columns[index].Type, RowCount);
    }

    public void Dispose()
    {
        DropChunk();
        _result.Dispose();
    }

    internal static DuckDbReader Execute(
        ConnectionHandle connection, StatementHandle statement, CancellationToken cancellation)
    {
        ResultHandle result = new();
        try
        {
            int state;
            using (InterruptOn(connection, cancellation))
            {
                state = DuckDbNative.ExecuteStreaming(statement, result);
            }

            ThrowIfFailed(result, state, cancellation);
            return new DuckDbReader(connection, result, cancellation);
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    private static CancellationTokenRegistration InterruptOn(
        ConnectionHandle connection, CancellationToken cancellation) =>
        cancellation.UnsafeRegister(state => DuckDbNative.Interrupt((ConnectionHandle)state!), connection);

    private static void ThrowIfFailed(ResultHandle result, int state, CancellationToken cancellation)
    {
        string message = DuckDbNative.Text(DuckDbNative.ResultError(result));
        cancellation.ThrowIfCancellationRequested();        // DuckDB's own words are then only "Interrupted!"
        if (state != 0 || message.Length > 0)
        {
            throw new DuckDbException(message);
        }
    }

    private void DropChunk()
    {
        _chunk?.Dispose();
        _chunk = null;
        RowCount = 0;
    }
}
