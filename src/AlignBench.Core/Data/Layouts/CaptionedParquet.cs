using AlignBench.Data.Files;
using AlignBench.Data.Packed;
using AlignBench.Data.Parquet;
using AlignBench.Interop.DuckDb;

namespace AlignBench.Data.Layouts;

/// <summary>
/// Parquet shards with an image and its captions in each row. An item is a row; its id is the image's. A
/// caption's id is the sentence's id if the row has one for each caption, else <c>item#k</c>, k from 0.
/// </summary>
internal static class CaptionedParquet
{
    /// <param name="source">As in the experiment file.</param>
    /// <param name="resolve">Finds the columns in a shard's schema.</param>
    public static IDataset Open(DatasetSource source, Func<ParquetSchema, CaptionedRow> resolve)
    {
        IReadOnlyList<string> files = ShardList.Find(source.Path, ".parquet");
        return new IndexedDataset(
            source, files, cancellation => ReadIndex(source, files, resolve, cancellation));
    }

    private static DatasetIndex ReadIndex(
        DatasetSource source,
        IReadOnlyList<string> files,
        Func<ParquetSchema, CaptionedRow> resolve,
        CancellationToken cancellation)
    {
        using ParquetShards shards = ParquetShards.Open(files);
        IndexBuilder builder = new(source.Path);
        SplitFilter split = new(source);
        ParquetSchema? first = null;
        foreach (string file in files)
        {
            ParquetSchema schema = shards.Schema(file, cancellation);
            CaptionedRow row = resolve(schema);
            first ??= schema;
            foreach (string column in row.Columns)
            {
                schema.RequireSameType(first, column);
            }

            split.RequireMarks(file, row.SplitSql);
            ReadShard(shards, file, row, split, builder, cancellation);
        }

        split.ThrowIfNothingMatched();
        return builder.Build();
    }

    private static void ReadShard(
        ParquetShards shards,
        string file,
        CaptionedRow row,
        SplitFilter split,
        IndexBuilder builder,
        CancellationToken cancellation)
    {
        ParquetImageFinder finder = new(shards, file, row.Image, cancellation);
        string splitSql = row.SplitSql ?? "NULL::VARCHAR";
        string[] expressions =
            [row.IdSql, row.CaptionsSql, row.CaptionIdsSql, row.Image.PathSql, splitSql, row.GroupSql];
        foreach (DuckDbReader chunk in shards.Rows(file, expressions, cancellation))
        {
            for (int i = 0; i < chunk.RowCount; i++)
            {
                if (split.Takes(chunk.Text(5, i)))
                {
                    AddRow(chunk, i, Path.GetFileName(file), finder, builder);
                }
            }
        }
    }

    private static void AddRow(
        DuckDbReader chunk, int i, string shard, ParquetImageFinder finder, IndexBuilder builder)
    {
        long row = chunk.Column(0).WholeNumber(i);
        string source = $"{shard} row {row}";
        string? id = chunk.Text(1, i);
        if (string.IsNullOrEmpty(id))
        {
            builder.Skip(source, "no id");
            return;
        }

        string? group = chunk.Text(6, i);
        if (string.IsNullOrEmpty(group))
        {
            builder.Skip(source, "no group");
            return;
        }

        ImagePlace? place = finder.Find(row, chunk.Text(4, i), out string reason);
        if (place is null)
        {
            builder.Skip(source, reason);
            return;
        }

        Caption[] captions =
            builder.UsableCaptions(source, CaptionIds.Pair(id, chunk.Texts(2, i), chunk.Texts(3, i)));
        if (captions.Length == 0)
        {
            return;
        }

        Item item = new()
        {
            Id = id,
            Group = group,
            Images = [new ImageReference(id, place is WholeFile ? place.File : $"{source} column image")],
            Captions = captions,
        };
        builder.Add(source, item, place);
    }
}
