using AlignBench.Data.Parquet;

namespace AlignBench.Data.Files;

/// <summary>Where the bytes of an image lie.</summary>
/// <param name="File">Absolute path.</param>
internal abstract record ImagePlace(string File);

/// <summary>The whole of a file.</summary>
internal sealed record WholeFile(string File) : ImagePlace(File);

/// <summary>Some bytes of a file.</summary>
/// <param name="File">Absolute path.</param>
/// <param name="Offset">Of the first byte.</param>
/// <param name="Length">In bytes.</param>
internal sealed record FilePart(string File, long Offset, int Length) : ImagePlace(File);

/// <summary>A cell of a Parquet file.</summary>
/// <param name="File">Absolute path.</param>
/// <param name="Row">From 0, in the file.</param>
/// <param name="Column">With the field, if the column is a struct.</param>
internal sealed record ParquetCell(string File, long Row, ParquetColumnPath Column) : ImagePlace(File);

/// <summary>An image and its place.</summary>
internal readonly record struct PlacedImage(ImageReference Image, ImagePlace Place);
