using AlignBench.Interop.DuckDb;

namespace AlignBench.Data.Parquet;

/// <summary>The columns of one Parquet file.</summary>
/// <param name="file">Absolute path.</param>
/// <param name="columns">In the file's order.</param>
/// <param name="onlyNulls">
/// Names, at any depth, of Parquet's null type, which writers use for a column without a single value. DuckDB
/// shows them as INTEGER.
/// </param>
internal sealed class ParquetSchema(
    string file, IReadOnlyList<DuckDbField> columns, IReadOnlySet<string> onlyNulls)
{
    public string File { get; } = file;

    /// <summary>The columns' names, in the file's order.</summary>
    public string[] Names { get; } = [.. columns.Select(field => field.Name)];

    /// <summary>The type of a column with values, or null if there is no such column. Case counts.</summary>
    public DuckDbType? Find(string column) => onlyNulls.Contains(column)
        ? null
        : columns.FirstOrDefault(field => field.Name == column)?.Type;

    /// <summary>The type of a struct's field with values, or null if there is no such field.</summary>
    public DuckDbType? FindField(DuckDbType type, string field) => onlyNulls.Contains(field)
        ? null
        : type.Fields.FirstOrDefault(candidate => candidate.Name == field)?.Type;

    /// <summary>Insists on a column of a fitting type.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="fits">Says whether the type will do.</param>
    /// <param name="expected">The types that will do, in words.</param>
    /// <exception cref="DataException">There is no such column, or it has another type.</exception>
    public DuckDbType Require(string column, Func<DuckDbType, bool> fits, string expected)
    {
        DuckDbType type = Find(column) ?? throw Missing(column);
        return fits(type) ? type : throw WrongType(column, type, expected);
    }

    /// <summary>As <see cref="Require"/>, but the column may be absent: null then.</summary>
    public DuckDbType? Allow(string column, Func<DuckDbType, bool> fits, string expected) =>
        Find(column) is null ? null : Require(column, fits, expected);

    /// <summary>Insists that a column has the same type here as in the first shard.</summary>
    /// <exception cref="DataException">It has another; the message names both files.</exception>
    public void RequireSameType(ParquetSchema first, string column)
    {
        string here = Find(column)?.ToString() ?? "not there";
        string there = first.Find(column)?.ToString() ?? "not there";
        if (here != there)
        {
            throw new DataException(
                $"{first.File} and {File} differ: "
                + $"column {column} is {there} in the first, {here} in the second");
        }
    }

    public DataException WrongType(string column, DuckDbType type, string expected) =>
        new($"{File}: column {column} has type {type}, expected {expected}");

    private DataException Missing(string column) => new(onlyNulls.Contains(column)
        ? $"{File}: no usable row: column {column} holds only nulls"
        : $"{File}: no column {column}; there are {string.Join(", ", Names)}");
}
