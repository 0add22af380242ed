using System.Text;

namespace AlignBench.Data.Tables;

/// <summary>
/// Records of a delimited file by RFC 4180: fields with delimiters, quotes or line ends are quoted, quotes
/// doubled. As in pandas, a quote inside an unquoted field is a letter, empty lines are no records, and both
/// kinds of line end are taken; unlike there, no text stands for a missing value.
/// </summary>
internal sealed class CsvRecords
{
    private readonly string _file;
    private readonly char _delimiter;
    private readonly List<string> _fields = [];
    private readonly StringBuilder _quoted = new();
    private int _recordLine;
    private int _quoteLine;                                 // 0 outside of quotes

    private CsvRecords(string file, char delimiter)
    {
        _file = file;
        _delimiter = delimiter;
    }

    /// <summary>Streams the records, each with the line (from 1) it begins on.</summary>
    /// <exception cref="DataException">
    /// A quote is never closed, text follows a closed one, or the file is not UTF-8; the message names the
    /// line.
    /// </exception>
    public static IEnumerable<(int Line, string[] Fields)> Read(string file, char delimiter)
    {
        CsvRecords csv = new(file, delimiter);
        foreach (TextLine line in TextLines.Read(file))
        {
            if (csv.Take(line))
            {
                yield return (csv._recordLine, [.. csv._fields]);
            }
        }

        if (csv._quoteLine > 0)
        {
            throw new DataException($"{file}: a quote opened on line {csv._quoteLine} is never closed");
        }
    }

    /// <summary>Takes one more line in.</summary>
    /// <returns>Whether it completes a record.</returns>
    private bool Take(TextLine line)
    {
        int position = 0;
        if (_quoteLine == 0)
        {
            if (line.Text.Length == 0)
            {
                return false;
            }

            _fields.Clear();
            _recordLine = line.Number;
            position = StartField(line, 0);
        }

        while (true)
        {
            position = _quoteLine > 0 ? TakeQuoted(line, position) : TakePlain(line, position);
            if (position < 0)
            {
                return false;
            }

            if (position == line.Text.Length)
            {
                return true;
            }

            position = StartField(line, position + 1);      // past the delimiter
        }
    }

    private int StartField(TextLine line, int position)
    {
        if (position == line.Text.Length || line.Text[position] != '"')
        {
            return position;
        }

        _quoteLine = line.Number;
        _quoted.Clear();
        return position + 1;
    }

    private int TakePlain(TextLine line, int position)
    {
        int end = line.Text.IndexOf(_delimiter, position);
        end = end < 0 ? line.Text.Length : end;
        _fields.Add(line.Text[position..end]);
        return end;
    }

    /// <returns>
    /// Where the delimiter or the line's end is, or -1 if the field goes on on the next line.
    /// </returns>
    private int TakeQuoted(TextLine line, int position)
    {
        while (true)
        {
            int quote = line.Text.IndexOf('"', position);
            if (quote < 0)
            {
                _quoted.Append(line.Text, position, line.Text.Length - position).Append(line.End);
                return -1;
            }

            _quoted.Append(line.Text, position, quote - position);
            position = quote + 1;
            if (position == line.Text.Length || line.Text[position] != '"')
            {
                break;
            }

            _quoted.Append('"');
            position++;
        }

        if (position < line.Text.Length && line.Text[position] != _delimiter)
        {
            throw new DataException($"{_file}: line {line.Number}: text after a closing quote");
        }

        _fields.Add(_quoted.ToString());
        _quoteLine = 0;
        return position;
    }
}
