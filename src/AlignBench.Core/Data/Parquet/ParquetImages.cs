using System.Globalization;
using AlignBench.Data.Files;
using AlignBench.Interop.DuckDb;

namespace AlignBench.Data.Parquet;

/// <summary>
/// Reads image cells of one Parquet file. DuckDB hands out up to 2048 rows at once, which for photos would be
/// hundreds of MB, so rows are asked for in batches of bounded size, known beforehand from the footer. Pages
/// are read whole: a file written with pages of 100 MB needs that much at a time, whatever is asked for.
/// </summary>
internal static class ParquetImages
{
    private const long BatchBytes = 64 << 20;
    private const int BatchRows = 1024;

    /// <param name="shards">Holds the file.</param>
    /// <param name="images">All in one file, in ascending rows.</param>
    /// <param name="cancellation">Interrupts the scan.</param>
    /// <exception cref="DataException">The file is damaged.</exception>
    public static IEnumerable<ImageBytes> Read(
        ParquetShards shards, PlacedImage[] images, CancellationToken cancellation)
    {
        string file = images[0].Place.File;
        ParquetColumnPath[] columns = [.. images.Select(image => Cell(image).Column).Distinct()];
        List<RowGroup> groups = RowGroups(shards, file, columns, cancellation);

        int start = 0;
        while (start < images.Length)
        {
            int end = EndOfBatch(images, start, groups);
            foreach (ImageBytes image in ReadBatch(shards, file, columns, images, start, end, cancellation))
            {
                yield return image;
            }

            start = end;
        }
    }

    private static IEnumerable<ImageBytes> ReadBatch(
        ParquetShards shards,
        string file,
        ParquetColumnPath[] columns,
        PlacedImage[] images,
        int start,
        int end,
        CancellationToken cancellation)
    {
        string where = $", column {string.Join(" or ", columns.AsEnumerable())}";
        long[] wanted = [.. images[start..end].Select(image => Cell(image).Row).Distinct()];
        string sql = Sql(columns, wanted);

        int next = start;
        foreach (DuckDbReader chunk in shards.Query(file, where, sql, cancellation))
        {
            DuckDbVector rows = chunk.Column(0);
            for (int i = 0; i < chunk.RowCount; i++)
            {
                for (; next < end && Cell(images[next]).Row == rows.WholeNumber(i); next++)
                {
                    DuckDbVector cells = chunk.Column(1 + Array.IndexOf(columns, Cell(images[next]).Column));
                    yield return new ImageBytes(images[next].Image, Bytes(cells, i, images[next].Image));
                }
            }
        }

        if (next < end)
        {
            throw new DataException($"{file}{where}: row {Cell(images[next]).Row} was not found again");
        }
    }

    private static byte[] Bytes(DuckDbVector cells, int row, ImageReference image) => cells.IsNull(row)
        ? throw new DataException($"{image.Source}: the cell has become null")
        : cells.Bytes(row);

    private static string Sql(ParquetColumnPath[] columns, long[] rows)
    {
        string between = string.Create(CultureInfo.InvariantCulture, $"BETWEEN {rows[0]} AND {rows[^1]}");
        string some = rows[^1] - rows[0] + 1 == rows.Length
            ? ""
            : $" AND file_row_number IN ({string.Join(", ", rows)})";
        string scan = ParquetShards.Scan(columns.Select(column => column.Sql));
        return $"{scan} WHERE file_row_number {between}{some}";
    }

    private static int EndOfBatch(PlacedImage[] images, int start, List<RowGroup> groups)
    {
        double bytes = 0;
        long last = -1;
        int rows = 0;
        int group = 0;
        int end = start;
        for (; end < images.Length; end++)
        {
            long row = Cell(images[end]).Row;
            if (row == last)
            {
                continue;
            }

            while (group < groups.Count - 1 && row >= groups[group].End)
            {
                group++;
            }

            bytes += groups[group].BytesPerRow;
            rows++;
            if (last >= 0 && (bytes > BatchBytes || rows > BatchRows))
            {
                break;
            }

            last = row;
        }

        return end;
    }

    private static List<RowGroup> RowGroups(
        ParquetShards shards, string file, ParquetColumnPath[] columns, CancellationToken cancellation)
    {
        string leaves = string.Join(", ", columns.Select(column => DuckDbSession.QuoteText(column.Leaf)));
        string sql = "SELECT row_group_num_rows, total_uncompressed_size, row_group_id "
            + $"FROM parquet_metadata($1) WHERE path_in_schema IN ({leaves}) ORDER BY row_group_id";

        List<RowGroup> groups = [];
        long end = 0;
        long lastId = -1;
        foreach (DuckDbReader chunk in shards.Query(file, "", sql, cancellation))
        {
            for (int i = 0; i < chunk.RowCount; i++)
            {
                long rows = Math.Max(chunk.Column(0).WholeNumber(i), 1);
                double bytes = (double)chunk.Column(1).WholeNumber(i) / rows;
                if (chunk.Column(2).WholeNumber(i) == lastId)
                {
                    groups[^1] = groups[^1] with { BytesPerRow = groups[^1].BytesPerRow + bytes };
                    continue;
                }

                lastId = chunk.Column(2).WholeNumber(i);
                end += rows;
                groups.Add(new RowGroup(end, bytes));
            }
        }

        return groups.Count > 0
            ? groups
            : throw new DataException($"{file}: the footer lists no pages of {columns[0]}");
    }

    private static ParquetCell Cell(PlacedImage image) => (ParquetCell)image.Place;

    /// <param name="End">The first row behind it.</param>
    /// <param name="BytesPerRow">Of the image columns, decompressed, on average.</param>
    private readonly record struct RowGroup(long End, double BytesPerRow);
}
