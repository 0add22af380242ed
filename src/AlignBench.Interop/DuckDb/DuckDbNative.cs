using System.Runtime.InteropServices;

namespace AlignBench.Interop.DuckDb;

/// <summary>
/// The functions of DuckDB's C API (duckdb.h of 1.5) that reading needs. <c>idx_t</c> is <see cref="ulong"/>;
/// <c>duckdb_state</c> is <see cref="int"/>, 0 for success. A <c>char*</c> that the caller must free with
/// <see cref="Free"/> is named "owned"; every other one belongs to the object it was asked of.
/// </summary>
internal static partial class DuckDbNative
{
    private const string Library = "duckdb";

    [LibraryImport(Library, EntryPoint = "duckdb_create_config")]
    public static partial int CreateConfig(out ConfigHandle config);

    [LibraryImport(Library, EntryPoint = "duckdb_set_config", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetConfig(ConfigHandle config, string name, string value);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_config")]
    public static partial void DestroyConfig(ref nint config);

    [LibraryImport(Library, EntryPoint = "duckdb_open_ext", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(
        string? path, out DatabaseHandle database, ConfigHandle config, out nint ownedError);

    [LibraryImport(Library, EntryPoint = "duckdb_close")]
    public static partial void Close(ref nint database);

    [LibraryImport(Library, EntryPoint = "duckdb_connect")]
    public static partial int Connect(DatabaseHandle database, out ConnectionHandle connection);

    [LibraryImport(Library, EntryPoint = "duckdb_disconnect")]
    public static partial void Disconnect(ref nint connection);

    [LibraryImport(Library, EntryPoint = "duckdb_interrupt")]
    public static partial void Interrupt(ConnectionHandle connection);

    [LibraryImport(Library, EntryPoint = "duckdb_prepare", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Prepare(
        ConnectionHandle connection, string query, out StatementHandle statement);

    [LibraryImport(Library, EntryPoint = "duckdb_prepare_error")]
    public static partial nint PrepareError(StatementHandle statement);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_prepare")]
    public static partial void DestroyPrepare(ref nint statement);

    [LibraryImport(Library, EntryPoint = "duckdb_bind_varchar_length")]
    public static partial int BindText(
        StatementHandle statement, ulong index, ReadOnlySpan<byte> utf8, ulong length);

    [LibraryImport(Library, EntryPoint = "duckdb_bind_int64")]
    public static partial int BindInt64(StatementHandle statement, ulong index, long value);

    /// <remarks>
    /// The header marks the two streaming functions for removal without naming a successor; nothing else
    /// hands out a result before all of it lies in memory.
    /// </remarks>
    [LibraryImport(Library, EntryPoint = "duckdb_execute_prepared_streaming")]
    public static partial int ExecuteStreaming(StatementHandle statement, ResultHandle result);

    [LibraryImport(Library, EntryPoint = "duckdb_result_error")]
    public static partial nint ResultError(ResultHandle result);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_result")]
    public static partial void DestroyResult(nint result);

    [LibraryImport(Library, EntryPoint = "duckdb_column_count")]
    public static partial ulong ColumnCount(ResultHandle result);

    [LibraryImport(Library, EntryPoint = "duckdb_column_name")]
    public static partial nint ColumnName(ResultHandle result, ulong column);

    [LibraryImport(Library, EntryPoint = "duckdb_column_logical_type")]
    public static partial LogicalTypeHandle ColumnType(ResultHandle result, ulong column);

    [LibraryImport(Library, EntryPoint = "duckdb_fetch_chunk")]
    public static partial ChunkHandle FetchChunk(ResultContent result);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_data_chunk")]
    public static partial void DestroyChunk(ref nint chunk);

    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_get_size")]
    public static partial ulong ChunkSize(ChunkHandle chunk);

    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_get_vector")]
    public static partial nint ChunkVector(ChunkHandle chunk, ulong column);

    [LibraryImport(Library, EntryPoint = "duckdb_vector_get_data")]
    public static partial nint VectorData(nint vector);

    [LibraryImport(Library, EntryPoint = "duckdb_vector_get_validity")]
    public static partial nint VectorValidity(nint vector);

    [LibraryImport(Library, EntryPoint = "duckdb_list_vector_get_child")]
    public static partial nint ListChild(nint vector);

    [LibraryImport(Library, EntryPoint = "duckdb_list_vector_get_size")]
    public static partial ulong ListChildSize(nint vector);

    [LibraryImport(Library, EntryPoint = "duckdb_struct_vector_get_child")]
    public static partial nint StructChild(nint vector, ulong index);

    [LibraryImport(Library, EntryPoint = "duckdb_get_type_id")]
    public static partial int TypeKind(LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_list_type_child_type")]
    public static partial LogicalTypeHandle ListElementType(LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_struct_type_child_count")]
    public static partial ulong StructFieldCount(LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_struct_type_child_name")]
    public static partial nint OwnedStructFieldName(LogicalTypeHandle type, ulong index);

    [LibraryImport(Library, EntryPoint = "duckdb_struct_type_child_type")]
    public static partial LogicalTypeHandle StructFieldType(LogicalTypeHandle type, ulong index);

    [LibraryImport(Library, EntryPoint = "duckdb_enum_internal_type")]
    public static partial int EnumStorage(LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_enum_dictionary_size")]
    public static partial uint EnumSize(LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_enum_dictionary_value")]
    public static partial nint OwnedEnumValue(LogicalTypeHandle type, ulong index);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_logical_type")]
    public static partial void DestroyLogicalType(ref nint type);

    [LibraryImport(Library, EntryPoint = "duckdb_free")]
    public static partial void Free(nint pointer);

    [LibraryImport(Library, EntryPoint = "duckdb_library_version")]
    public static partial nint LibraryVersion();

    /// <summary>Copies a C string and frees it; an empty string for a null pointer.</summary>
    public static string TakeText(nint owned)
    {
        string text = Text(owned);
        if (owned != 0)
        {
            Free(owned);
        }

        return text;
    }

    /// <summary>Copies a C string that stays DuckDB's; an empty string for a null pointer.</summary>
    public static string Text(nint borrowed) => Marshal.PtrToStringUTF8(borrowed) ?? "";
}

/// <summary><c>duckdb_result</c>, which goes by value into <see cref="DuckDbNative.FetchChunk"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct ResultContent
{
    private readonly ulong _columns;
    private readonly ulong _rows;
    private readonly ulong _changed;
    private readonly nint _columnData;
    private readonly nint _error;
    private readonly nint _internal;
}

/// <summary><c>duckdb_list_entry</c>: a row's elements in the child vector.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct ListEntry
{
    public readonly ulong Offset;
    public readonly ulong Length;
}
