using AlignBench.Data;
using AlignBench.Data.Files;
using AlignBench.Data.Parquet;
using AlignBench.Interop.DuckDb;

namespace AlignBench.Fuzz;

/// <summary>
/// Reads all of a Parquet file, as the layouts do. DuckDB takes longer to start than to read a small file, so a thread
/// keeps one for many files of one name.
/// </summary>
internal static class ParquetFile
{
    [ThreadStatic]
    private static ParquetShards? s_shards;

    [ThreadStatic]
    private static string? s_file;

    public static void Read(byte[] bytes, string folder)
    {
        string file = Path.Combine(folder, "0.parquet");
        File.WriteAllBytes(file, bytes);
        if (s_file != file)
        {
            s_shards?.Dispose();
            s_shards = ParquetShards.Open([file]);
            s_file = file;
        }

        try
        {
            ReadAll(s_shards!, file);
        }
        catch (DataException e) when (e.Message.Contains("INTERNAL", StringComparison.OrdinalIgnoreCase)
            || e.Message.Contains("fatal", StringComparison.OrdinalIgnoreCase))
        {
            s_file = null;                                  // DuckDB refuses all else after these
            throw;
        }
    }

    private static void ReadAll(ParquetShards shards, string file)
    {
        ParquetSchema schema = shards.Schema(file, CancellationToken.None);
        ParquetImageColumn image = ParquetImageColumn.From(schema, "image");
        HashSet<long> without = image.Bytes is null ? [] : shards.RowsWithout(file, image.Bytes, CancellationToken.None);
        List<PlacedImage> images = [];
        foreach (DuckDbReader chunk in shards.Rows(file, [image.PathSql, "\"caption\"::VARCHAR[]"], CancellationToken.None))
        {
            for (int i = 0; i < chunk.RowCount; i++)
            {
                _ = (chunk.Text(1, i), chunk.Texts(2, i));
                long row = chunk.Column(0).WholeNumber(i);
                if (image.Bytes is not null && !without.Contains(row))
                {
                    images.Add(new PlacedImage(new ImageReference($"{row}", file), new ParquetCell(file, row, image.Bytes)));
                }
            }
        }

        if (images.Count > 0)
        {
            _ = ParquetImages.Read(shards, [.. images], CancellationToken.None).Sum(cell => cell.Bytes.Length);
        }
    }
}
