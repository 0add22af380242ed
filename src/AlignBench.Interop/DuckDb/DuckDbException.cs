namespace AlignBench.Interop.DuckDb;

/// <summary>DuckDB refused or failed; the message is DuckDB's own, word for word.</summary>
public sealed class DuckDbException(string message) : Exception(message);
