namespace AlignBench.Data;

/// <summary>
/// A user's own table of images and captions: CSV, TSV (as open_clip reads) or JSON Lines, whose images are files, or
/// Parquet. In the first ones an item is an image file, known by its path as written, or what an id column says;
/// several rows of one item are several captions. In Parquet an item is a row. The text NA is a text.
/// </summary>
internal static class TableLayout
{
    public static IDataset Open(DatasetSource source)
    {
        if (Directory.Exists(source.Path) || source.Path.EndsWith(".parquet", StringComparison.Ordinal))
        {
            source.ForbidImages();
            return CaptionedParquet.Open(source, schema => CaptionedRow.Table(schema, source.Columns));
        }

        string file = source.RequireFile();
        string folder = source.Images is null ? Path.GetDirectoryName(file)! : source.RequireImages();
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
            source, [file], cancellation => ReadIndex(source, file, folder, rows(), cancellation));
    }

    private static DatasetIndex ReadIndex(
        DatasetSource source,
        string file,
        string folder,
        IEnumerable<TableRow> rows,
        CancellationToken cancellation)
    {
        IndexBuilder builder = new(file);
        FileItems items = new(folder, builder);
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

            string image = row.Image!;
            foreach (string? caption in row.Captions)
            {
                items.Add(place, (row.Id ?? image, row.Group ?? image, image), captionId: null, caption);
            }
        }

        split.ThrowIfNothingMatched();
        items.Finish();
        return builder.Build();
    }

    private static string? Missing(TableRow row, DatasetColumns? named) =>
        string.IsNullOrEmpty(row.Image) ? "image"
        : named?.Id is not null && string.IsNullOrEmpty(row.Id) ? "id"
        : named?.Group is not null && string.IsNullOrEmpty(row.Group) ? "group"
        : null;
}
