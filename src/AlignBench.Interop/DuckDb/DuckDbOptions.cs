namespace AlignBench.Interop.DuckDb;

/// <summary>
/// What a session may use. Everything else (network, extensions, other files, spilling) is shut.
/// </summary>
public sealed record DuckDbOptions
{
    /// <summary>Absolute paths of the only files that may be opened, for reading.</summary>
    public required IReadOnlyList<string> ReadableFiles { get; init; }

    /// <summary>DuckDB's own ceiling, in MiB; going above it is a <see cref="DuckDbException"/>.</summary>
    public int MemoryLimitMebibytes { get; init; } = 1024;

    /// <summary>Threads of a query, 1 or more; each holds its own vectors.</summary>
    public int Threads { get; init; } = 1;
}
