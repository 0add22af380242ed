using System.Text;

namespace AlignBench.Interop.DuckDb;

/// <summary>
/// One column of one chunk: n values of one type, some of them null. Values of nested types lie in child
/// vectors. It dies with its chunk; a use after that is an <see cref="ObjectDisposedException"/>.
/// </summary>
public sealed unsafe class DuckDbVector
{
    private const int InlineLength = 12;                    // of duckdb_string_t; longer ones have a pointer

    private readonly ChunkHandle _chunk;
    private readonly nint _vector;
    private readonly byte* _data;
    private readonly ulong* _validity;                      // a bit a row, 0 for null

    internal DuckDbVector(ChunkHandle chunk, nint vector, DuckDbType type, int rows)
    {
        _chunk = chunk;
        _vector = vector;
        _data = (byte*)DuckDbNative.VectorData(vector);
        _validity = (ulong*)DuckDbNative.VectorValidity(vector);
        Type = type;
        Rows = rows;
    }

    public DuckDbType Type { get; }

    /// <summary>n.</summary>
    public int Rows { get; }

    /// <summary>
    /// Whether the value is null. A field of a null struct may say no: ask the struct first.
    /// </summary>
    public bool IsNull(int row)
    {
        Check(row);
        bool marked = _validity != null && (_validity[row / 64] >> (row % 64) & 1) == 0;
        return marked || Type.Kind == DuckDbKind.Null;
    }

    /// <exception cref="InvalidOperationException">The value is null, or no truth value.</exception>
    public bool Boolean(int row)
    {
        CheckValue(row, Type.Kind == DuckDbKind.Boolean);
        return _data[row] != 0;
    }

    /// <summary>A whole number of any width.</summary>
    /// <exception cref="InvalidOperationException">The value is null, or no whole number.</exception>
    /// <exception cref="OverflowException">It is above 2^63 - 1.</exception>
    public long WholeNumber(int row)
    {
        CheckValue(row, Type.IsInteger);
        return Type.Kind switch
        {
            DuckDbKind.TinyInt => ((sbyte*)_data)[row],
            DuckDbKind.SmallInt => ((short*)_data)[row],
            DuckDbKind.Integer => ((int*)_data)[row],
            DuckDbKind.UTinyInt => _data[row],
            DuckDbKind.USmallInt => ((ushort*)_data)[row],
            DuckDbKind.UInteger => ((uint*)_data)[row],
            DuckDbKind.UBigInt => checked((long)((ulong*)_data)[row]),
            _ => ((long*)_data)[row],
        };
    }

    /// <summary>A number of any kind.</summary>
    /// <exception cref="InvalidOperationException">The value is null, or no number.</exception>
    public double Number(int row)
    {
        CheckValue(row, Type.IsInteger || Type.Kind is DuckDbKind.Float or DuckDbKind.Double);
        return Type.Kind switch
        {
            DuckDbKind.Float => ((float*)_data)[row],
            DuckDbKind.Double => ((double*)_data)[row],
            _ => WholeNumber(row),
        };
    }

    /// <summary>A text, or an enum's value.</summary>
    /// <exception cref="InvalidOperationException">The value is null, or no text.</exception>
    public string Text(int row)
    {
        CheckValue(row, Type.IsText);
        if (Type.Kind == DuckDbKind.Varchar)
        {
            return Encoding.UTF8.GetString(Content(row));
        }

        long number = Type.EnumStorage switch
        {
            DuckDbKind.UTinyInt => _data[row],
            DuckDbKind.USmallInt => ((ushort*)_data)[row],
            _ => ((uint*)_data)[row],
        };
        return Type.EnumValues[checked((int)number)];
    }

    /// <summary>A copy of a binary value, so that it outlives the chunk.</summary>
    /// <exception cref="InvalidOperationException">The value is null, or not binary.</exception>
    public byte[] Bytes(int row)
    {
        CheckValue(row, Type.Kind == DuckDbKind.Blob);
        return Content(row).ToArray();
    }

    /// <summary>Where a row's elements are in <see cref="Elements"/>.</summary>
    /// <exception cref="InvalidOperationException">The value is null, or no list.</exception>
    public Range List(int row)
    {
        CheckValue(row, Type.Kind == DuckDbKind.List);
        ListEntry entry = ((ListEntry*)_data)[row];
        int start = checked((int)entry.Offset);
        return new Range(start, checked(start + (int)entry.Length));
    }

    /// <summary>The elements of all rows' lists, end to end.</summary>
    /// <exception cref="InvalidOperationException">The type is no list.</exception>
    public DuckDbVector Elements()
    {
        CheckType(Type.Kind == DuckDbKind.List);
        int count = checked((int)DuckDbNative.ListChildSize(_vector));
        return new DuckDbVector(_chunk, DuckDbNative.ListChild(_vector), Type.Element!, count);
    }

    /// <summary>A struct's field, row for row.</summary>
    /// <exception cref="InvalidOperationException">The type is no struct with this field.</exception>
    public DuckDbVector Field(string name)
    {
        int index = Type.IndexOf(name);
        CheckType(index >= 0);
        nint child = DuckDbNative.StructChild(_vector, (ulong)index);
        return new DuckDbVector(_chunk, child, Type.Fields[index].Type, Rows);
    }

    private ReadOnlySpan<byte> Content(int row)
    {
        byte* text = _data + ((long)row * 16);              // u32 length, then 12 bytes or 4 and a pointer
        uint length = *(uint*)text;
        byte* content = length <= InlineLength ? text + 4 : *(byte**)(text + 8);
        return new ReadOnlySpan<byte>(content, checked((int)length));
    }

    private void CheckValue(int row, bool fits)
    {
        CheckType(fits);
        if (IsNull(row))
        {
            throw new InvalidOperationException($"row {row} of the chunk is null");
        }
    }

    private void CheckType(bool fits)
    {
        ObjectDisposedException.ThrowIf(_chunk.IsClosed, this);
        if (!fits)
        {
            throw new InvalidOperationException($"the column's type is {Type}");
        }
    }

    private void Check(int row)
    {
        ObjectDisposedException.ThrowIf(_chunk.IsClosed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
    }
}
