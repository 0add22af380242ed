using AlignBench.Interop.DuckDb;

namespace AlignBench.Data.Parquet;

/// <summary>
/// A column of images: their bytes, their paths, or a struct of both (Hugging Face's Image feature), in which
/// the path counts where the bytes are null.
/// </summary>
internal sealed record ParquetImageColumn
{
    private const string Expected = "STRUCT(bytes BLOB, path VARCHAR), BLOB or VARCHAR";

    private ParquetImageColumn()
    {
    }

    /// <summary>The bytes, or null where only paths are stored.</summary>
    public ParquetColumnPath? Bytes { get; private init; }

    /// <summary>An SQL expression for the path: NULL where none are stored.</summary>
    public string PathSql { get; private init; } = "NULL::VARCHAR";

    /// <exception cref="DataException">The column is not there, or has another type.</exception>
    public static ParquetImageColumn From(ParquetSchema schema, string column)
    {
        DuckDbType type = schema.Require(
            column, type => type.Kind is DuckDbKind.Blob or DuckDbKind.Struct || type.IsText, Expected);
        if (type.Kind == DuckDbKind.Blob)
        {
            return new ParquetImageColumn { Bytes = new ParquetColumnPath(column) };
        }

        if (type.IsText)
        {
            return new ParquetImageColumn { PathSql = new ParquetColumnPath(column).Sql };
        }

        DuckDbType? bytes = schema.FindField(type, "bytes");
        DuckDbType? path = schema.FindField(type, "path");
        bool fits = bytes is null or { Kind: DuckDbKind.Blob } && path is null or { IsText: true };
        if (!fits || (bytes is null && path is null))
        {
            throw schema.WrongType(column, type, Expected);
        }

        return new ParquetImageColumn
        {
            Bytes = bytes is null ? null : new ParquetColumnPath(column, "bytes"),
            PathSql = path is null ? "NULL::VARCHAR" : new ParquetColumnPath(column, "path").Sql,
        };
    }
}
