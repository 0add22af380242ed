using System.Text.Json;

namespace AlignBench.Data.Tables;

/// <summary>
/// A JSON Lines file as a table of images, sounds and captions: an object a line, as in the metadata.jsonl of
/// Hugging Face's image folders. A caption may be a list of texts.
/// </summary>
internal static class JsonLinesTable
{
    /// <exception cref="DataException">A line is not such an object; the message names it.</exception>
    public static IEnumerable<TableRow> Read(string file, DatasetColumns? named)
    {
        foreach (TextLine line in TextLines.Read(file))
        {
            if (!string.IsNullOrWhiteSpace(line.Text))
            {
                yield return Row(file, named, line);
            }
        }
    }

    private static TableRow Row(string file, DatasetColumns? named, TextLine line)
    {
        string source = $"{file}: line {line.Number}";
        try
        {
            using JsonDocument document = JsonDocument.Parse(line.Text);
            JsonElement row = document.RootElement;
            JsonTexts.ThrowIfNotUnicode(row);
            if (row.ValueKind != JsonValueKind.Object)
            {
                throw new DataException($"{source} is {row.ValueKind}, expected an object");
            }

            string[] names = [.. row.EnumerateObject().Select(member => member.Name)];
            JsonEntry entry = new(file, $"line {line.Number}", row);
            TableColumns columns = TableColumns.Find(source, named, names);
            return new TableRow(line.Number)
            {
                Columns = columns,
                Image = columns.Image is null ? null : entry.TextOrNull(columns.Image),
                Sound = columns.Audio is null ? null : entry.TextOrNull(columns.Audio),
                Captions = columns.Caption is null ? null : entry.Texts(columns.Caption),
                Id = columns.Id is null ? null : entry.IdOrNull(columns.Id),
                Group = columns.Group is null ? null : entry.IdOrNull(columns.Group),
                Split = columns.Split is null ? null : entry.TextOrNull(columns.Split),
            };
        }
        catch (JsonException e)
        {
            string message = e.Message.Split(" LineNumber:")[0];
            throw new DataException($"{source}, column {e.BytePositionInLine + 1}: not JSON: {message}");
        }
    }
}
