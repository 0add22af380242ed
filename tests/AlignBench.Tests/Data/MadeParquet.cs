using AlignBench.Interop.DuckDb;

namespace AlignBench.Tests.Data;

/// <summary>Parquet files that tests make, and damage, through DuckDB.</summary>
internal static class MadeParquet
{
    /// <summary>Writes a query's rows.</summary>
    /// <param name="file">Absolute path.</param>
    /// <param name="query">SQL; rows keep its order.</param>
    /// <param name="options">More of COPY's, as <c>ROW_GROUP_SIZE 2048</c>.</param>
    /// <returns>The file.</returns>
    public static string Write(string file, string query, string options = "COMPRESSION snappy")
    {
        string sql = $"COPY ({query}) TO {DuckDbSession.QuoteText(file)} (FORMAT parquet, {options})";
        _ = Rows(file, sql, (_, _) => 0);
        return file;
    }

    /// <summary>Overwrites the pages of a column, so that whoever reads them fails.</summary>
    /// <param name="file">Absolute path.</param>
    /// <param name="column">As the footer names it, as <c>image, bytes</c>.</param>
    /// <param name="hits">Says, by its position, whether a row group is to be broken.</param>
    /// <returns>How many row groups the file has.</returns>
    public static int Break(string file, string column, Func<int, bool> hits)
    {
        List<(long Offset, long Length)> chunks = Rows(
            file,
            "SELECT least(data_page_offset, coalesce(dictionary_page_offset, data_page_offset)), total_compressed_size "
            + $"FROM parquet_metadata({DuckDbSession.QuoteText(file)}) "
            + $"WHERE path_in_schema = {DuckDbSession.QuoteText(column)} ORDER BY row_group_id",
            (chunk, i) => (chunk.Column(0).WholeNumber(i), chunk.Column(1).WholeNumber(i)));
        using FileStream stream = File.OpenWrite(file);
        for (int i = 0; i < chunks.Count; i++)
        {
            if (hits(i))
            {
                byte[] garbage = new byte[chunks[i].Length];
                Array.Fill(garbage, (byte)0xFF);
                stream.Seek(chunks[i].Offset, SeekOrigin.Begin);
                stream.Write(garbage);
            }
        }

        return chunks.Count;
    }

    private static List<T> Rows<T>(string file, string sql, Func<DuckDbReader, int, T> read)
    {
        using DuckDbSession session = DuckDbSession.Open(new DuckDbOptions { ReadableFiles = [file] });
        using DuckDbReader reader = session.Query(sql, CancellationToken.None);
        List<T> rows = [];
        while (reader.Read())
        {
            rows.AddRange(Enumerable.Range(0, reader.RowCount).Select(i => read(reader, i)));
        }

        return rows;
    }
}
