using AlignBench.Data.Files;
using AlignBench.Data.Packed;
using AlignBench.Data.Tables;

namespace AlignBench.Data.Layouts;

/// <summary>
/// A user's own table of images or sounds, and captions: CSV, TSV (as open_clip reads) or JSON Lines, whose images
/// and sounds are files, or Parquet (images alone). In the first ones an item is a sound file or else an image file,
/// known by its path as written, or what an id column says; several rows of one item are several captions, and a
/// table with sounds may do without. In Parquet an item is a row. The text NA is a text.
/// </summary>
internal static class TableLayout
{
    public static IDataset Open(DatasetSource source)
    {
        if (Directory.Exists(source.Path) || source.Path.EndsWith(".parquet", StringComparison.Ordinal))
        {
            source.ForbidImages();
            ForbidAudio(source);
            return CaptionedParquet.Open(source, schema => CaptionedRow.Table(schema, source.Columns));
        }

        string file = source.RequireFile();
        string images = source.Images is null ? Path.GetDirectoryName(file)! : source.RequireImages();
        string sounds = source.AudioBeside(file);
        Func<IEnumerable<TableRow>> rows = Path.GetExtension(file).ToLowerInvariant() switch
        {
            ".csv" => () => DelimitedTable.Read(file, source.Columns, ','),
            ".tsv" => () => DelimitedTable.Read(file, source.Columns, '\t'),
            ".txt" => () => DelimitedTable.Read(file, source.Columns, DelimitedTable.DelimiterOf(file)),
            ".jsonl" or ".ndjson" => () => JsonLinesTable.Read(file, source.Columns),
            string other => throw new DataException(
                $"{file}: expected a table in .csv, .tsv, .txt, .jsonl or .parquet, not in {other}"),
        };
        return new IndexedDataset(
            source, [file], cancellation => ReadIndex(source, file, (images, sounds), rows(), cancellation));
    }

    private static DatasetIndex ReadIndex(
        DatasetSource source,
        string file,
        (string Images, string Sounds) folders,
        IEnumerable<TableRow> rows,
        CancellationToken cancellation)
    {
        IndexBuilder builder = new(file);
        FileItems items = new(folders.Images, folders.Sounds, builder);
        SplitFilter split = new(source);
        foreach (TableRow row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            string place = $"{Path.GetFileName(file)} line {row.Line}";
            if (!split.Takes(row.Split))
            {
                continue;
            }

            if (Missing(row, source.Columns) is string missing)
            {
                builder.Skip(place, $"no {missing}");
                continue;
            }

            string name = row.Sound ?? row.Image!;
            FileItem item = new(row.Id ?? name, row.Group ?? name) { Image = row.Image, Sound = row.Sound };
            items.Add(place, item, row.Captions);
        }

        split.ThrowIfNothingMatched();
        items.Finish();
        return builder.Build();
    }

    private static void ForbidAudio(DatasetSource source)
    {
        if ((source.Columns?.Audio ?? source.Audio) is string audio)
        {
            throw new DataException(
                $"{source.Path}: audio {audio}: sounds are for tables in .csv, .tsv, .txt and .jsonl, not in Parquet");
        }
    }

    private static string? Missing(TableRow row, DatasetColumns? named) =>
        row.Columns.Image is not null && string.IsNullOrEmpty(row.Image) ? "image"
        : row.Columns.Audio is not null && string.IsNullOrEmpty(row.Sound) ? "sound"
        : named?.Id is not null && string.IsNullOrEmpty(row.Id) ? "id"
        : named?.Group is not null && string.IsNullOrEmpty(row.Group) ? "group"
        : null;
}
