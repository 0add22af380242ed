using CsvHelper;

namespace AlignBench.Reports;

/// <summary>
/// A tidy table: a header of distinct column names, one observation a row (RFC 4180, UTF-8, '\n'). Cells are kept as
/// text; the typed getters name file, row and column when a cell is something else.
/// </summary>
public sealed class CsvTable
{
    // The header is read as a row of its own: a quote out of place or a row of another length is an error in both.
    private static readonly CsvReaderOptions s_reading = new()
    {
        Separator = ',',
        HasHeader = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
    };

    private static readonly CsvWriterOptions s_writing = new()
    {
        NewLine = "\n",
        Quoting = CsvQuoting.WhenNeededOrWhitespace,
    };

    private readonly Dictionary<string, int> _indices = [];

    private CsvTable(string path, string[] columns, List<string[]> rows)
    {
        SourcePath = path;
        Columns = columns;
        Rows = rows;
        for (int i = 0; i < columns.Length; i++)
        {
            if (!_indices.TryAdd(columns[i], i))
            {
                throw new DataException($"{path}: the column '{columns[i]}' is there twice");
            }
        }
    }

    /// <summary>The file it was read from.</summary>
    public string SourcePath { get; }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>Each as long as <see cref="Columns"/>; row 0 is the line after the header.</summary>
    public IReadOnlyList<string[]> Rows { get; }

    public bool HasColumn(string column) => _indices.ContainsKey(column);

    /// <summary>The place of a column.</summary>
    /// <exception cref="DataException">There is no such column.</exception>
    public int IndexOf(string column) => _indices.TryGetValue(column, out int index)
        ? index
        : throw new DataException($"{SourcePath}: no column '{column}'; there are {string.Join(", ", Columns)}");

    public string Text(int row, string column) => Rows[row][IndexOf(column)];

    /// <exception cref="DataException">The cell is empty or not a whole number.</exception>
    public long Whole(int row, string column) =>
        CsvCell.TryWhole(Text(row, column), out long value) ? value : throw Unexpected(row, column, "a whole number");

    /// <exception cref="DataException">The cell is empty or not a number; NaN and Infinity are numbers.</exception>
    public double Number(int row, string column) =>
        CsvCell.TryNumber(Text(row, column), out double value) ? value : throw Unexpected(row, column, "a number");

    /// <summary>null where the cell is empty.</summary>
    /// <exception cref="DataException">The cell is neither empty nor a number.</exception>
    public double? NumberOrNull(int row, string column) =>
        Text(row, column).Length == 0 ? null : Number(row, column);

    /// <exception cref="DataException">The cell is neither True nor False.</exception>
    public bool Truth(int row, string column) =>
        CsvCell.TryTruth(Text(row, column), out bool value) ? value : throw Unexpected(row, column, "True or False");

    /// <exception cref="DataException">No header, a column twice, a row of another length, a stray quote.</exception>
    public static CsvTable Read(string path)
    {
        List<string[]> records = [];
        try
        {
            using CsvReader reader = CsvReader.FromFile(path, s_reading);
            foreach (CsvRow row in reader)
            {
                records.Add(row.ToArray());
            }
        }
        catch (CsvFormatException e)
        {
            throw new DataException($"{path}: {e.Message}");
        }

        return records.Count == 0
            ? throw new DataException($"{path}: expected a header, got an empty file")
            : new CsvTable(path, records[0], records[1..]);
    }

    /// <summary>Writes a table whole or not at all; see <see cref="CsvCell"/> for how each value is spelled.</summary>
    /// <param name="path">Replaced if it is there.</param>
    /// <param name="columns">Distinct names.</param>
    /// <param name="rows">Each as long as <paramref name="columns"/>: string, bool, integer, float or null.</param>
    /// <exception cref="ArgumentException">A row of another length, a value of another type, a column twice.</exception>
    public static void Write(string path, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        if (columns.Distinct().Count() != columns.Count)
        {
            throw new ArgumentException($"a column is there twice: {string.Join(", ", columns)}", nameof(columns));
        }

        AtomicFile.Write(path, stream =>
        {
            using CsvWriter writer = CsvWriter.Create(stream, s_writing, leaveOpen: true);
            writer.WriteRecord([.. columns]);
            foreach (IReadOnlyList<object?> row in rows)
            {
                if (row.Count != columns.Count)
                {
                    throw new ArgumentException($"expected {columns.Count} cells, got {row.Count}", nameof(rows));
                }

                writer.WriteRecord([.. row.Select(CsvCell.Format)]);
            }
        });
    }

    private DataException Unexpected(int row, string column, string expected) =>
        new($"{SourcePath} row {row + 1} column {column}: expected {expected}, got '{Text(row, column)}'");
}
