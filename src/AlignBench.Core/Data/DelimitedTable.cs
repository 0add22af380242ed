namespace AlignBench.Data;

/// <summary>A CSV or TSV file with a header line as a table of images and captions.</summary>
internal static class CsvTable
{
    private const int NamedLines = 5;

    /// <exception cref="DataException">
    /// A column is missing, or records have more or fewer fields than the header; the message names the
    /// lines.
    /// </exception>
    public static IEnumerable<TableRow> Read(string file, char delimiter)
    {
        string[]? header = null;
        int image = -1;
        int caption = -1;
        int split = -1;
        List<string> ragged = [];
        foreach ((int line, string[] fields) in CsvRecords.Read(file, delimiter))
        {
            if (header is null)
            {
                header = fields;
                image = Array.IndexOf(header, TableColumns.Choose(file, TableColumns.Image, header));
                caption = Array.IndexOf(header, TableColumns.Choose(file, TableColumns.Caption, header));
                split = Array.IndexOf(header, TableColumns.Split);
            }
            else if (fields.Length != header.Length)
            {
                ragged.Add($"line {line} has {fields.Length}");
            }
            else if (ragged.Count == 0)
            {
                string? part = split < 0 ? null : fields[split];
                yield return new TableRow(line, fields[image], [fields[caption]], part);
            }
        }

        if (header is null)
        {
            throw new DataException($"{file}: empty, expected a header line");
        }

        if (ragged.Count > 0)
        {
            string more = ragged.Count > NamedLines ? $" and {ragged.Count - NamedLines} more" : "";
            string named = string.Join(", ", ragged.Take(NamedLines));
            throw new DataException($"{file}: the header has {header.Length} fields, {named}{more}");
        }
    }
}
