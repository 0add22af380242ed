using AlignBench.Interop.DuckDb;

namespace AlignBench.Data.Parquet;

/// <summary>Values of a chunk with null for null.</summary>
internal static class ChunkValues
{
    public static string? Text(this DuckDbReader chunk, int column, int row)
    {
        DuckDbVector vector = chunk.Column(column);
        return vector.IsNull(row) ? null : vector.Text(row);
    }

    public static double? Number(this DuckDbReader chunk, int column, int row)
    {
        DuckDbVector vector = chunk.Column(column);
        return vector.IsNull(row) ? null : vector.Number(row);
    }

    public static long? WholeNumber(this DuckDbReader chunk, int column, int row)
    {
        DuckDbVector vector = chunk.Column(column);
        return vector.IsNull(row) ? null : vector.WholeNumber(row);
    }

    /// <summary>A list of texts, each of which may be null.</summary>
    public static string?[]? Texts(this DuckDbReader chunk, int column, int row)
    {
        DuckDbVector vector = chunk.Column(column);
        if (vector.IsNull(row))
        {
            return null;
        }

        DuckDbVector elements = vector.Elements();
        (int start, int length) = vector.List(row).GetOffsetAndLength(elements.Rows);
        string?[] texts = new string?[length];
        for (int k = 0; k < length; k++)
        {
            texts[k] = elements.IsNull(start + k) ? null : elements.Text(start + k);
        }

        return texts;
    }
}
