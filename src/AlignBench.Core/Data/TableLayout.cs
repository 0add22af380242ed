namespace AlignBench.Data;

/// <summary>
/// A table of image files and captions: CSV, TSV (as open_clip reads) or JSON Lines. An item is an image
/// file, known by its path as written; several rows of one file are several captions. The text NA is a text.
/// </summary>
internal static class TableLayout
{
    public static IDataset Open(DatasetSource source)
    {
        string file = source.RequireFile();
        string folder = source.Images is null ? Path.GetDirectoryName(file)! : source.RequireImages();
        Func<IEnumerable<TableRow>> rows = Path.GetExtension(file).ToLowerInvariant() switch
        {
            ".csv" => () => CsvTable.Read(file, ','),
            ".tsv" => () => CsvTable.Read(file, '\t'),
            ".jsonl" or ".ndjson" => () => JsonLinesTable.Read(file),
            string other => throw new DataException(
                $"{file}: expected a table in .csv, .tsv or .jsonl, not in {other}"),
        };
        return new IndexedDataset(
            source.Name ?? source.Format,
            [file],
            cancellation => ReadIndex(source, file, folder, rows(), cancellation));
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

            if (string.IsNullOrEmpty(row.Image))
            {
                builder.Skip(place, "no image");
                continue;
            }

            foreach (string? caption in row.Captions)
            {
                items.Add(place, row.Image, captionId: null, caption);
            }
        }

        split.ThrowIfNothingMatched();
        items.Finish();
        return builder.Build();
    }
}
