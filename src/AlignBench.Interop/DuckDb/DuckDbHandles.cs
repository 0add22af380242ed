using System.Runtime.InteropServices;

namespace AlignBench.Interop.DuckDb;

/// <summary>Owns a pointer of DuckDB's; 0 is none.</summary>
internal abstract class DuckDbHandle() : SafeHandle(invalidHandleValue: 0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;
}

/// <summary>Owns a <c>duckdb_config</c>.</summary>
internal sealed class ConfigHandle : DuckDbHandle
{
    protected override bool ReleaseHandle()
    {
        DuckDbNative.DestroyConfig(ref handle);
        return true;
    }
}

/// <summary>
/// Owns a <c>duckdb_database</c>; DuckDB keeps the instance while a connection or result lives.
/// </summary>
internal sealed class DatabaseHandle : DuckDbHandle
{
    protected override bool ReleaseHandle()
    {
        DuckDbNative.Close(ref handle);
        return true;
    }
}

/// <summary>Owns a <c>duckdb_connection</c>.</summary>
internal sealed class ConnectionHandle : DuckDbHandle
{
    protected override bool ReleaseHandle()
    {
        DuckDbNative.Disconnect(ref handle);
        return true;
    }
}

/// <summary>Owns a <c>duckdb_prepared_statement</c>, also a failed one, which holds the reason.</summary>
internal sealed class StatementHandle : DuckDbHandle
{
    protected override bool ReleaseHandle()
    {
        DuckDbNative.DestroyPrepare(ref handle);
        return true;
    }
}

/// <summary>Owns the memory of one <c>duckdb_result</c> and what DuckDB puts into it.</summary>
internal sealed unsafe class ResultHandle : DuckDbHandle
{
    public ResultHandle() =>
        SetHandle((nint)NativeMemory.AllocZeroed((nuint)sizeof(ResultContent)));

    /// <summary>The struct itself, for the one function that takes it by value.</summary>
    public ResultContent Content => *(ResultContent*)handle;

    protected override bool ReleaseHandle()
    {
        DuckDbNative.DestroyResult(handle);
        NativeMemory.Free((void*)handle);
        return true;
    }
}

/// <summary>Owns a <c>duckdb_data_chunk</c>: up to 2048 rows.</summary>
internal sealed class ChunkHandle : DuckDbHandle
{
    protected override bool ReleaseHandle()
    {
        DuckDbNative.DestroyChunk(ref handle);
        return true;
    }
}

/// <summary>Owns a <c>duckdb_logical_type</c>.</summary>
internal sealed class LogicalTypeHandle : DuckDbHandle
{
    protected override bool ReleaseHandle()
    {
        DuckDbNative.DestroyLogicalType(ref handle);
        return true;
    }
}
