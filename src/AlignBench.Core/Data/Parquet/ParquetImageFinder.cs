using AlignBench.Data.Files;

namespace AlignBench.Data.Parquet;

/// <summary>
/// Says where the image of a row is, for one image column of one file, without reading bytes.
/// </summary>
internal sealed class ParquetImageFinder
{
    private readonly string _file;
    private readonly ParquetImageColumn _column;
    private readonly HashSet<long> _withoutBytes;

    /// <param name="shards">Holds the file.</param>
    /// <param name="file">Absolute path.</param>
    /// <param name="column">The image column.</param>
    /// <param name="cancellation">Interrupts the search for nulls.</param>
    public ParquetImageFinder(
        ParquetShards shards, string file, ParquetImageColumn column, CancellationToken cancellation)
    {
        _file = file;
        _column = column;
        _withoutBytes = column.Bytes is null ? [] : shards.RowsWithout(file, column.Bytes, cancellation);
    }

    /// <summary>The image's place, or null with the reason why there is none.</summary>
    /// <param name="row">From 0, in the file.</param>
    /// <param name="path">As stored; relative to the Parquet file's folder.</param>
    /// <param name="reason">Set if there is no image.</param>
    public ImagePlace? Find(long row, string? path, out string reason)
    {
        reason = "";
        if (_column.Bytes is not null && !_withoutBytes.Contains(row))
        {
            return new ParquetCell(_file, row, _column.Bytes);
        }

        if (string.IsNullOrEmpty(path))
        {
            reason = "the image is null";
            return null;
        }

        string full = ImageFiles.Resolve(path, Path.GetDirectoryName(_file)!);
        if (!File.Exists(full))
        {
            reason = $"image file {full} is not there";
            return null;
        }

        return new WholeFile(full);
    }
}
