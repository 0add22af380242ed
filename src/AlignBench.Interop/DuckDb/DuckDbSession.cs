using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AlignBench.Interop.DuckDb;

/// <summary>
/// An empty in-memory DuckDB with one connection, which can read the files it was opened for and nothing
/// else: no other file, no network, no extension loaded or fetched, nothing spilled to disk, settings locked.
/// Rows of a scan keep the file's order. For one thread at a time; any thread may cancel.
/// </summary>
public sealed class DuckDbSession : IDisposable
{
    private readonly DatabaseHandle _database;
    private readonly ConnectionHandle _connection;
    private readonly Dictionary<string, string> _paths = [];
    private readonly List<SafeFileHandle> _opened = [];

    private DuckDbSession(DatabaseHandle database, ConnectionHandle connection)
    {
        _database = database;
        _connection = connection;
    }

    /// <summary>The library's version, as <c>v1.5.6</c>.</summary>
    public static string LibraryVersion => DuckDbNative.Text(DuckDbNative.LibraryVersion());

    /// <exception cref="DuckDbException">DuckDB does not start with these options.</exception>
    /// <exception cref="DllNotFoundException">libduckdb.so is not beside the program.</exception>
    /// <exception cref="IOException">A file with a pattern's letters in its name can't be opened.</exception>
    public static DuckDbSession Open(DuckDbOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MemoryLimitMebibytes, 1);

        using ConfigHandle config = Configure(options);
        int state = DuckDbNative.Open(path: null, out DatabaseHandle database, config, out nint error);
        string message = DuckDbNative.TakeText(error);
        if (state != 0)
        {
            database.Dispose();
            throw new DuckDbException(message);
        }

        if (DuckDbNative.Connect(database, out ConnectionHandle connection) != 0)
        {
            connection.Dispose();
            database.Dispose();
            throw new DuckDbException("duckdb_connect failed");
        }

        DuckDbSession session = new(database, connection);
        try
        {
            session.ShutTheRest(options.ReadableFiles);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Runs one statement. The result is streamed: DuckDB works on as chunks are fetched and holds a few of
    /// them.
    /// </summary>
    /// <param name="sql">With <c>$1</c>, <c>$2</c> ... for the parameters.</param>
    /// <param name="cancellation">Interrupts DuckDB in the middle of its work.</param>
    /// <param name="parameters">Each a <see cref="string"/> or a <see cref="long"/>.</param>
    /// <exception cref="DuckDbException">The statement is wrong or fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public DuckDbReader Query(
        string sql, CancellationToken cancellation, params ReadOnlySpan<object> parameters)
    {
        cancellation.ThrowIfCancellationRequested();
        int state = DuckDbNative.Prepare(_connection, sql, out StatementHandle statement);
        using StatementHandle prepared = statement;
        if (state != 0)
        {
            throw new DuckDbException(DuckDbNative.Text(DuckDbNative.PrepareError(prepared)));
        }

        for (int i = 0; i < parameters.Length; i++)
        {
            Bind(prepared, (ulong)i + 1, parameters[i]);
        }

        return DuckDbReader.Execute(_connection, prepared, cancellation);
    }

    /// <summary>A name as SQL writes it: quoted, quotes doubled.</summary>
    public static string QuoteName(string name) =>
        $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text as SQL writes it: quoted, quotes doubled.</summary>
    public static string QuoteText(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>
    /// What a file function must be given to mean this one file. File functions take patterns, so a path that
    /// looks like one is opened here and named by its descriptor.
    /// </summary>
    /// <param name="file">One of the session's files, spelled as there.</param>
    /// <exception cref="ArgumentException">The session was not opened for it.</exception>
    public string PathOf(string file) => _paths.TryGetValue(file, out string? path)
        ? path
        : throw new ArgumentException($"the session was not opened for {file}", nameof(file));

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
        foreach (SafeFileHandle handle in _opened)
        {
            handle.Dispose();
        }
    }

    private static ConfigHandle Configure(DuckDbOptions options)
    {
        (string Name, string Value)[] settings =
        [
            ("threads", options.Threads.ToString(CultureInfo.InvariantCulture)),
            ("memory_limit", $"{options.MemoryLimitMebibytes}MiB"),
            ("preserve_insertion_order", "true"),
            ("autoinstall_known_extensions", "false"),
            ("autoload_known_extensions", "false"),
            ("allow_persistent_secrets", "false"),
            ("enable_external_file_cache", "false"),        // each file is read once; nothing to keep
            ("temp_directory", ""),
        ];

        if (DuckDbNative.CreateConfig(out ConfigHandle config) != 0)
        {
            throw new DuckDbException("duckdb_create_config failed");
        }

        foreach ((string name, string value) in settings)
        {
            if (DuckDbNative.SetConfig(config, name, value) != 0)
            {
                config.Dispose();
                throw new DuckDbException($"this DuckDB has no setting {name} = '{value}'");
            }
        }

        return config;
    }

    private void ShutTheRest(IReadOnlyList<string> files)
    {
        foreach (string file in files)
        {
            _paths[file] = file.AsSpan().ContainsAny('*', '?', '[') ? PathOfDescriptor(file) : file;
        }

        string allowed = string.Join(", ", _paths.Values.Select(QuoteText));
        Run($"SET allowed_paths = [{allowed}]");
        Run("SET enable_external_access = false");
        Run("SET lock_configuration = true");
    }

    private string PathOfDescriptor(string file)
    {
        SafeFileHandle handle = File.OpenHandle(file);
        _opened.Add(handle);
        return string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{handle.DangerousGetHandle()}");
    }

    private void Run(string sql)
    {
        using DuckDbReader reader = Query(sql, CancellationToken.None);
        while (reader.Read())
        {
        }
    }

    private static void Bind(StatementHandle statement, ulong index, object value)
    {
        int state;
        switch (value)
        {
            case string text:
                byte[] utf8 = Encoding.UTF8.GetBytes(text);
                state = DuckDbNative.BindText(statement, index, utf8, (ulong)utf8.Length);
                break;
            case long number:
                state = DuckDbNative.BindInt64(statement, index, number);
                break;
            default:
                throw new ArgumentException($"expected a text or a long, got {value}", nameof(value));
        }

        if (state != 0)
        {
            throw new ArgumentException($"the statement has no parameter ${index}", nameof(index));
        }
    }
}
