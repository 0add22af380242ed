using AlignBench.Data.Files;
using AlignBench.Data.Packed;
using AlignBench.Data.Parquet;
using AlignBench.Interop.DuckDb;

namespace AlignBench.Data.Layouts;

/// <summary>
/// Pick-a-Pic v1 and v2, which have the same columns (Kirstain et al. 2023, arXiv:2305.01569): a prompt and two
/// pictures made from it, with the share of the vote each got. An item is a row (id: <c>ranking_id</c>, else the row's number across the
/// shards), its group the prompt as an exact string. Images are known by their uid, so a picture that occurs
/// in several rows is one image. Rows without a preference are left out; ties stay in, with 0.5 on both
/// sides.
/// </summary>
internal static class PickapicLayout
{
    private static readonly string[] s_columns = ["caption", "jpg_0", "jpg_1", "label_0", "label_1"];

    public static IDataset Open(DatasetSource source)
    {
        IReadOnlyList<string> files = ShardsOfSplit(source, ShardList.Find(source.Path, ".parquet"));
        return new IndexedDataset(
            source, files, cancellation => ReadIndex(source.Path, files, cancellation));
    }

    // The parts (train, validation, validation_unique, test ...) are in the shards' names only.
    private static string[] ShardsOfSplit(DatasetSource source, IReadOnlyList<string> files)
    {
        if (source.Split is null)
        {
            return [.. files];
        }

        string start = $"{source.Split}-";
        string[] chosen =
            [.. files.Where(file => Path.GetFileName(file).StartsWith(start, StringComparison.Ordinal))];
        return chosen.Length > 0
            ? chosen
            : throw new DataException($"{source.Path}: no shard's name starts with {start}");
    }

    private static DatasetIndex ReadIndex(
        string path, IReadOnlyList<string> files, CancellationToken cancellation)
    {
        using ParquetShards shards = ParquetShards.Open(files);
        IndexBuilder builder = new(path);
        ParquetSchema? first = null;
        long rowsBefore = 0;
        foreach (string file in files)
        {
            ParquetSchema schema = shards.Schema(file, cancellation);
            first ??= schema;
            foreach (string column in s_columns)
            {
                schema.RequireSameType(first, column);
            }

            rowsBefore += ReadShard(shards, schema, rowsBefore, builder, cancellation);
        }

        return builder.Build();
    }

    private static long ReadShard(
        ParquetShards shards,
        ParquetSchema schema,
        long rowsBefore,
        IndexBuilder builder,
        CancellationToken cancellation)
    {
        ParquetImageFinder[] finders =
        [
            new(shards, schema.File, ParquetImageColumn.From(schema, "jpg_0"), cancellation),
            new(shards, schema.File, ParquetImageColumn.From(schema, "jpg_1"), cancellation),
        ];

        long rows = 0;
        foreach (DuckDbReader chunk in shards.Rows(schema.File, Expressions(schema), cancellation))
        {
            for (int i = 0; i < chunk.RowCount; i++)
            {
                PickapicRow row = PickapicRow.Read(chunk, i, Path.GetFileName(schema.File), rowsBefore);
                row.AddTo(builder, finders);
            }

            rows += chunk.RowCount;
        }

        return rows;
    }

    private static string[] Expressions(ParquetSchema schema)
    {
        schema.Require("caption", type => type.IsText, "VARCHAR");
        schema.Require("label_0", IsNumber, "a number");
        schema.Require("label_1", IsNumber, "a number");
        return
        [
            "caption::VARCHAR",
            "label_0::DOUBLE",
            "label_1::DOUBLE",
            Optional("ranking_id", IsId, "an integer or VARCHAR"),
            Optional("image_0_uid", IsId, "an integer or VARCHAR"),
            Optional("image_1_uid", IsId, "an integer or VARCHAR"),
            PathSql("jpg_0"),
            PathSql("jpg_1"),
            Optional("has_label", IsFlag, "BOOLEAN or an integer", "::BOOLEAN"),
        ];

        string Optional(string column, Func<DuckDbType, bool> fits, string expected, string cast = "") =>
            schema.Allow(column, fits, expected) is null ? "NULL::VARCHAR" : $"{column}{cast}::VARCHAR";

        string PathSql(string column) => ParquetImageColumn.From(schema, column).PathSql;
    }

    private static bool IsId(DuckDbType type) => type.IsInteger || type.IsText;

    private static bool IsFlag(DuckDbType type) => type.IsInteger || type.Kind == DuckDbKind.Boolean;

    private static bool IsNumber(DuckDbType type) =>
        type.IsInteger || type.Kind is DuckDbKind.Float or DuckDbKind.Double;
}
