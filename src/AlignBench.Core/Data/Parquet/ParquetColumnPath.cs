using AlignBench.Interop.DuckDb;

namespace AlignBench.Data.Parquet;

/// <summary>A column, or a field of a struct column.</summary>
internal sealed record ParquetColumnPath(string Column, string? Field = null)
{
    /// <summary>As an SQL expression.</summary>
    public string Sql => Field is null
        ? DuckDbSession.QuoteName(Column)
        : $"{DuckDbSession.QuoteName(Column)}.{DuckDbSession.QuoteName(Field)}";

    /// <summary>As <c>parquet_metadata</c> spells the leaf it is stored in.</summary>
    public string Leaf => Field is null ? Column : $"{Column}, {Field}";

    public override string ToString() => Field is null ? Column : $"{Column}.{Field}";
}
