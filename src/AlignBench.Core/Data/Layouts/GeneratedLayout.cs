using System.Globalization;
using AlignBench.Data.Files;
using AlignBench.Data.Packed;
using AlignBench.Data.Parquet;
using AlignBench.Interop.DuckDb;

namespace AlignBench.Data.Layouts;

/// <summary>
/// Pictures generated from captions: Parquet shards with prompt_id, image_id, prompt, seed and image, a
/// picture a row. An item is a prompt with its pictures by ascending seed; its group is the image the prompt
/// was written for. The rows of a prompt need not be neighbours.
/// </summary>
internal static class GeneratedLayout
{
    private static readonly string[] s_columns = ["prompt_id", "image_id", "prompt", "seed", "image"];

    public static IDataset Open(DatasetSource source)
    {
        source.ForbidSplit();
        IReadOnlyList<string> files = ShardList.Find(source.Path, ".parquet");
        return new IndexedDataset(
            source, files, cancellation => ReadIndex(source.Path, files, cancellation));
    }

    private static DatasetIndex ReadIndex(
        string path, IReadOnlyList<string> files, CancellationToken cancellation)
    {
        using ParquetShards shards = ParquetShards.Open(files);
        IndexBuilder builder = new(path);
        Dictionary<string, Prompt> prompts = [];                // keeps the order of first occurrence
        ParquetSchema? first = null;
        foreach (string file in files)
        {
            ParquetSchema schema = shards.Schema(file, cancellation);
            first ??= schema;
            foreach (string column in s_columns)
            {
                schema.RequireSameType(first, column);
            }

            ReadShard(shards, schema, prompts, builder, cancellation);
        }

        foreach (Prompt prompt in prompts.Values)
        {
            Add(prompt, builder);
        }

        return builder.Build().InStorageOrder(files);
    }

    private static void ReadShard(
        ParquetShards shards,
        ParquetSchema schema,
        Dictionary<string, Prompt> prompts,
        IndexBuilder builder,
        CancellationToken cancellation)
    {
        ParquetImageColumn image = ParquetImageColumn.From(schema, "image");
        schema.Require("prompt_id", IsId, "an integer or VARCHAR");
        schema.Require("image_id", IsId, "an integer or VARCHAR");
        schema.Require("prompt", type => type.IsText, "VARCHAR");
        schema.Require("seed", type => type.IsInteger, "an integer");

        ParquetImageFinder finder = new(shards, schema.File, image, cancellation);
        string[] expressions =
            ["prompt_id::VARCHAR", "image_id::VARCHAR", "prompt::VARCHAR", "seed::BIGINT", image.PathSql];
        foreach (DuckDbReader chunk in shards.Rows(schema.File, expressions, cancellation))
        {
            for (int i = 0; i < chunk.RowCount; i++)
            {
                ReadRow(chunk, i, Path.GetFileName(schema.File), finder, prompts, builder);
            }
        }
    }

    private static void ReadRow(
        DuckDbReader chunk,
        int i,
        string shard,
        ParquetImageFinder finder,
        Dictionary<string, Prompt> prompts,
        IndexBuilder builder)
    {
        long row = chunk.Column(0).WholeNumber(i);
        string source = $"{shard} row {row}";
        string? id = chunk.Text(1, i);
        string? group = chunk.Text(2, i);
        string? text = chunk.Text(3, i);
        long? seed = chunk.WholeNumber(4, i);
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(group) || seed is null)
        {
            builder.Skip(source, "prompt_id, image_id or seed is null");
            return;
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            builder.Skip(source, "the prompt is null or blank");
            return;
        }

        ImagePlace? place = finder.Find(row, chunk.Text(5, i), out string reason);
        if (place is null)
        {
            builder.Skip(source, reason);
            return;
        }

        prompts.TryAdd(id, new Prompt(source, id, group, text, []));
        Prompt prompt = prompts[id];
        if (prompt.Group != group || prompt.Text != text)
        {
            throw new DataException(
                $"{source}: prompt {id} has another image_id or text than in {prompt.Source}");
        }

        if (!prompt.Pictures.TryAdd(seed.Value, (source, place)))
        {
            throw new DataException(
                $"{source}: prompt {id} has seed {seed} already in {prompt.Pictures[seed.Value].Source}");
        }
    }

    private static void Add(Prompt prompt, IndexBuilder builder)
    {
        Item item = new()
        {
            Id = prompt.Id,
            Group = prompt.Group,
            Images = [.. prompt.Pictures.Select(picture => new ImageReference(
                string.Create(CultureInfo.InvariantCulture, $"{prompt.Id}/{picture.Key}"),
                $"{picture.Value.Source} column image"))],
            Captions = [new Caption(prompt.Id, prompt.Text)],
        };
        builder.Add(prompt.Source, item, [.. prompt.Pictures.Values.Select(picture => picture.Place)]);
    }

    private static bool IsId(DuckDbType type) => type.IsInteger || type.IsText;

    /// <param name="Source">The first row.</param>
    /// <param name="Id">Of the prompt.</param>
    /// <param name="Group">The image it was written for.</param>
    /// <param name="Text">The prompt.</param>
    /// <param name="Pictures">By seed.</param>
    private sealed record Prompt(
        string Source,
        string Id,
        string Group,
        string Text,
        SortedDictionary<long, (string Source, ImagePlace Place)> Pictures);
}
