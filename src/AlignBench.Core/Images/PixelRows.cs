
namespace AlignBench.Images;

/// <summary>RGB pixels in memory: a whole picture, or what one pass made for the next.</summary>
/// <param name="bytes">Row after row.</param>
/// <param name="stride">Bytes from row to row.</param>
/// <param name="left">The picture's column that each row begins with.</param>
/// <param name="top">The picture's row that the bytes begin with.</param>
internal readonly ref struct PixelRows(ReadOnlySpan<byte> bytes, int stride, int left, int top)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Stride => stride;

    /// <summary>The bytes from the pixel in this column and row of the picture on.</summary>
    public ReadOnlySpan<byte> From(int column, int row) =>
        _bytes[(((row - top) * stride) + (3 * (column - left)))..];
}
