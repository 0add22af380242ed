namespace AlignBench.Interop.Lapack;

/// <summary>A row-major factor of a product, as it is stored, and whether its transpose is meant.</summary>
/// <param name="values">Values row by row; kept, not copied.</param>
/// <param name="stride">Values from one stored row to the next, at least the stored columns.</param>
/// <param name="isTransposed">Whether the transpose of what is stored takes part.</param>
public readonly ref struct RowMajor(ReadOnlySpan<double> values, int stride, bool isTransposed = false)
{
    public ReadOnlySpan<double> Values { get; } = values;

    public int Stride { get; } = stride;

    public bool IsTransposed { get; } = isTransposed;

    internal void ThrowIfShorterThan(int rows, int columns, string name)
    {
        (int storedRows, int storedColumns) = IsTransposed ? (columns, rows) : (rows, columns);
        long needed = storedRows == 0 ? 0 : ((long)(storedRows - 1) * Stride) + storedColumns;
        if (Stride < storedColumns || Values.Length < needed)
        {
            throw new ArgumentException(
                $"expected {storedRows} x {storedColumns} values at stride {Stride}, got {Values.Length}",
                name);
        }
    }
}
