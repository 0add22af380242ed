using System.Globalization;
using AlignBench.Interop.DuckDb;

namespace AlignBench.Tests.Memory;

/// <summary>
/// Flickr30k-like Parquet shards of any size: 150 KB an image (the mean of Flickr30k and of COCO), which is a small JPEG
/// and filler behind it that is different in each, and five captions.
/// </summary>
internal static class MadeShards
{
    private const int Rows = 160;
    private const int ShardMegabytes = 24;
    private const int ImageBytes = 150_000;

    /// <returns>The folder.</returns>
    public static string Write(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        byte[] jpeg = File.ReadAllBytes(
            Directory.EnumerateFiles(Path.Combine(TestPaths.Toy, "data", "coco", "val")).Order().First());
        int shards = Math.Max(1, megabytes / ShardMegabytes);
        for (int shard = 0; shard < shards; shard++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"train-{shard:D5}-of-{shards:D5}.parquet");
            WriteShard(Path.Combine(folder, name), jpeg, first: shard * Rows);
        }

        return folder;
    }

    private static void WriteShard(string file, byte[] jpeg, int first)
    {
        string bytes = string.Concat(jpeg.Select(b => $"\\x{b:X2}"));
        string sql = string.Create(CultureInfo.InvariantCulture, $$"""
            COPY (
                SELECT
                    {'bytes': '{{bytes}}'::BLOB || (i::VARCHAR || repeat('.', {{ImageBytes - jpeg.Length}}))::BLOB,
                     'path': i::VARCHAR || '.jpg'} AS image,
                    [format('caption {} of picture {}, a few words long as captions are', k, i) FOR k IN range(5)]
                        AS caption,
                    i::VARCHAR AS img_id
                FROM range({{first}}, {{first + Rows}}) AS rows(i))
            TO {{DuckDbSession.QuoteText(file)}} (FORMAT parquet, COMPRESSION uncompressed)
            """);
        using DuckDbSession session = DuckDbSession.Open(new DuckDbOptions { ReadableFiles = [file] });
        using DuckDbReader reader = session.Query(sql, CancellationToken.None);
        while (reader.Read())
        {
        }
    }
}
