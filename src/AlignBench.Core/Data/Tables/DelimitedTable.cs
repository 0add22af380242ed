namespace AlignBench.Data.Tables;

/// <summary>A delimited file with a header line as a table of images, sounds and captions.</summary>
internal static class DelimitedTable
{
    private const int NamedLines = 5;

    /// <summary>What a file called .txt is delimited by: tabs if its first line has one, else commas.</summary>
    /// <exception cref="DataException">The first line is not UTF-8.</exception>
    public static char DelimiterOf(string file) =>
        TextLines.Read(file).Select(line => line.Text).FirstOrDefault("").Contains('\t') ? '\t' : ',';

    /// <exception cref="DataException">
    /// A column is missing, or records have more or fewer fields than the header; the message names the
    /// lines.
    /// </exception>
    public static IEnumerable<TableRow> Read(string file, DatasetColumns? named, char delimiter)
    {
        string[]? header = null;
        Func<string[], int, TableRow>? toRow = null;
        List<string> ragged = [];
        foreach ((int line, string[] fields) in CsvRecords.Read(file, delimiter))
        {
            if (toRow is null)
            {
                header = fields;
                toRow = RowReader(header, TableColumns.Find(file, named, header));
            }
            else if (fields.Length != header!.Length)
            {
                ragged.Add($"line {line} has {fields.Length}");
            }
            else if (ragged.Count == 0)
            {
                yield return toRow(fields, line);
            }
        }

        if (header is null)
        {
            throw new DataException($"{file}: empty, expected a header line");
        }

        if (ragged.Count > 0)
        {
            string more = ragged.Count > NamedLines ? $" and {ragged.Count - NamedLines} more" : "";
            string names = string.Join(", ", ragged.Take(NamedLines));
            throw new DataException($"{file}: the header has {header.Length} fields, {names}{more}");
        }
    }

    private static Func<string[], int, TableRow> RowReader(string[] header, TableColumns columns)
    {
        int image = Array.IndexOf(header, columns.Image);
        int audio = Array.IndexOf(header, columns.Audio);
        int caption = Array.IndexOf(header, columns.Caption);
        int id = Array.IndexOf(header, columns.Id);
        int group = Array.IndexOf(header, columns.Group);
        int split = Array.IndexOf(header, columns.Split);
        return (fields, line) => new TableRow(line)
        {
            Columns = columns,
            Image = Field(fields, image),
            Sound = Field(fields, audio),
            Captions = caption < 0 ? null : [fields[caption]],
            Id = Field(fields, id),
            Group = Field(fields, group),
            Split = Field(fields, split),
        };
    }

    private static string? Field(string[] fields, int column) => column < 0 ? null : fields[column];
}
