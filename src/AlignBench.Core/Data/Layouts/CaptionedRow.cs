using AlignBench.Data.Parquet;
using AlignBench.Data.Tables;
using AlignBench.Interop.DuckDb;

namespace AlignBench.Data.Layouts;

/// <summary>
/// Which columns of a Parquet file make up an image with its captions, as SQL expressions of fixed types.
/// </summary>
internal sealed record CaptionedRow
{
    /// <summary>VARCHAR, the item's id.</summary>
    public required string IdSql { get; init; }

    /// <summary>VARCHAR, the item's group.</summary>
    public required string GroupSql { get; init; }

    /// <summary>VARCHAR[], the captions.</summary>
    public required string CaptionsSql { get; init; }

    /// <summary>VARCHAR[], an id for each caption, or null.</summary>
    public required string CaptionIdsSql { get; init; }

    public required ParquetImageColumn Image { get; init; }

    /// <summary>VARCHAR, the part the row belongs to, or null where rows are not marked.</summary>
    public required string? SplitSql { get; init; }

    /// <summary>The columns that every shard must have in the same type.</summary>
    public required string[] Columns { get; init; }

    /// <summary>Flickr30k as Hugging Face has it: image, caption, sentids, split, img_id, filename.</summary>
    /// <exception cref="DataException">A column is not there, or has another type.</exception>
    public static CaptionedRow Flickr30k(ParquetSchema schema)
    {
        ParquetImageColumn image = ParquetImageColumn.From(schema, "image");
        DuckDbType caption = schema.Require("caption", IsTextOrTexts, "VARCHAR or VARCHAR[]");
        DuckDbType? captionIds = schema.Allow("sentids", IsListOfIds, "VARCHAR[] or a list of integers");
        bool nameOnly = schema.Find("img_id") is null && schema.Find("filename") is not null;
        string id = nameOnly ? "filename" : "img_id";
        schema.Require(id, IsId, "VARCHAR or an integer");

        return new CaptionedRow
        {
            IdSql = $"{id}::VARCHAR",
            GroupSql = $"{id}::VARCHAR",
            CaptionsSql = AsList("caption", caption),
            CaptionIdsSql = captionIds is null ? "NULL::VARCHAR[]" : "sentids::VARCHAR[]",
            Image = image,
            SplitSql = Split(schema),
            Columns = ["image", "caption", id],
        };
    }

    /// <summary>COCO as Hugging Face has it: image, cocoid, split, sentences[{raw, sentid}].</summary>
    /// <exception cref="DataException">A column is not there, or has another type.</exception>
    public static CaptionedRow CocoHuggingFace(ParquetSchema schema)
    {
        ParquetImageColumn image = ParquetImageColumn.From(schema, "image");
        DuckDbType sentences = schema.Require(
            "sentences", HasRaw, "a list of STRUCT(raw VARCHAR, sentid BIGINT, ...)");
        schema.Require("cocoid", IsId, "VARCHAR or an integer");
        bool hasIds = sentences.Element!.Fields.Any(field => field.Name == "sentid" && IsId(field.Type));

        return new CaptionedRow
        {
            IdSql = "cocoid::VARCHAR",
            GroupSql = "cocoid::VARCHAR",
            CaptionsSql = "[sentence.raw::VARCHAR FOR sentence IN sentences]",
            CaptionIdsSql = hasIds
                ? "[sentence.sentid::VARCHAR FOR sentence IN sentences]"
                : "NULL::VARCHAR[]",
            Image = image,
            SplitSql = Split(schema),
            Columns = ["image", "sentences", "cocoid"],
        };
    }

    /// <summary>A user's own table; without an id column, items are known by file and row.</summary>
    /// <exception cref="DataException">A column is not there, or has another type.</exception>
    public static CaptionedRow Table(ParquetSchema schema, DatasetColumns? named)
    {
        TableColumns columns = TableColumns.FindWithoutAudio(schema.File, named, schema.Names);
        ParquetImageColumn image = ParquetImageColumn.From(schema, columns.Image!);
        DuckDbType caption = schema.Require(columns.Caption!, IsTextOrTexts, "VARCHAR or VARCHAR[]");
        string row = $"{DuckDbSession.QuoteText(Path.GetFileName(schema.File) + "/")} || file_row_number::VARCHAR";
        string id = AsText(columns.Id, IsId, "VARCHAR or an integer") ?? row;
        return new CaptionedRow
        {
            IdSql = id,
            GroupSql = AsText(columns.Group, IsId, "VARCHAR or an integer") ?? id,
            CaptionsSql = AsList(DuckDbSession.QuoteName(columns.Caption!), caption),
            CaptionIdsSql = "NULL::VARCHAR[]",
            Image = image,
            SplitSql = AsText(columns.Split, type => type.IsText, "VARCHAR"),
            Columns = [columns.Image!, columns.Caption!],
        };

        string? AsText(string? column, Func<DuckDbType, bool> fits, string expected)
        {
            if (column is null)
            {
                return null;
            }

            schema.Require(column, fits, expected);
            return $"{DuckDbSession.QuoteName(column)}::VARCHAR";
        }
    }

    private static string AsList(string column, DuckDbType type) => type.IsText
        ? $"CASE WHEN {column} IS NULL THEN NULL ELSE [{column}::VARCHAR] END"
        : $"{column}::VARCHAR[]";

    private static bool HasRaw(DuckDbType type) => type.Element is DuckDbType sentence
        && sentence.Fields.Any(field => field.Name == "raw" && field.Type.IsText);

    private static string? Split(ParquetSchema schema) =>
        schema.Allow("split", type => type.IsText, "VARCHAR") is null ? null : "split::VARCHAR";

    private static bool IsId(DuckDbType type) => type.IsText || type.IsInteger;

    private static bool IsTextOrTexts(DuckDbType type) => type.IsText || type.Element is { IsText: true };

    private static bool IsListOfIds(DuckDbType type) => type.Element is not null && IsId(type.Element);
}
