using System.Buffers.Binary;

namespace AlignBench.Data.Parquet;

/// <summary>
/// Looks through a Parquet file's footer (Thrift's compact protocol) for texts and lists that claim to be longer than the
/// footer itself. DuckDB makes room for them before it reads on: a damaged file of 14 KB took 2.4 GB. Whatever else is
/// wrong is left for DuckDB to say.
/// </summary>
internal ref struct ParquetFooter
{
    private const int TailLength = 8;                       // the footer's length, and PAR1
    private const int DeepestNesting = 64;

    private readonly string _file;
    private readonly ReadOnlySpan<byte> _bytes;
    private int _at;

    private ParquetFooter(string file, ReadOnlySpan<byte> bytes)
    {
        _file = file;
        _bytes = bytes;
    }

    // Thrift's compact protocol, "Struct encoding" and "List and Set".
    private enum Kind
    {
        Stop = 0,
        True = 1,
        False = 2,
        Byte = 3,
        I16 = 4,
        I32 = 5,
        I64 = 6,
        Double = 7,
        Binary = 8,
        List = 9,
        Set = 10,
        Map = 11,
        Struct = 12,
    }

    /// <exception cref="DataException">A text or list claims more bytes than there are.</exception>
    public static void ThrowIfSizesExceedIt(string file)
    {
        using FileStream stream = File.OpenRead(file);
        byte[] tail = new byte[TailLength];
        if (stream.Length < TailLength)
        {
            return;
        }

        stream.Seek(-TailLength, SeekOrigin.End);
        stream.ReadExactly(tail);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (length > stream.Length - TailLength)
        {
            return;                                         // DuckDB's words for it are as good
        }

        byte[] footer = new byte[length];
        stream.Seek(-TailLength - length, SeekOrigin.End);
        stream.ReadExactly(footer);
        new ParquetFooter(file, footer).Skip(Kind.Struct, DeepestNesting);
    }

    /// <returns>Whether the value could be passed over.</returns>
    private bool Skip(Kind kind, int depth)
    {
        if (depth == 0)
        {
            return false;
        }

        return kind switch
        {
            Kind.True or Kind.False => true,
            Kind.Byte => Pass(1),
            Kind.I16 or Kind.I32 or Kind.I64 => TryNumber(out _),
            Kind.Double => Pass(sizeof(double)),
            Kind.Binary => TryNumber(out ulong length) && Pass((int)Checked(length)),
            Kind.List or Kind.Set => SkipList(depth),
            Kind.Struct => SkipStruct(depth),
            _ => false,                                     // a footer has no maps
        };
    }

    private bool SkipStruct(int depth)
    {
        while (_at < _bytes.Length)
        {
            byte header = _bytes[_at++];
            if (header == (byte)Kind.Stop)
            {
                return true;
            }

            bool isDelta = header >> 4 != 0;                // else the field's number follows
            if ((!isDelta && !TryNumber(out _)) || !Skip((Kind)(header & 15), depth - 1))
            {
                return false;
            }
        }

        return false;
    }

    private bool SkipList(int depth)
    {
        if (_at >= _bytes.Length)
        {
            return false;
        }

        byte header = _bytes[_at++];
        Kind element = (Kind)(header & 15);
        ulong count = (ulong)(header >> 4);
        if (count == 15 && !TryNumber(out count))
        {
            return false;
        }

        bool isTruth = element is Kind.True or Kind.False;  // a byte each in a list
        ulong wanted = Checked(count);
        for (ulong i = 0; i < wanted; i++)
        {
            if (!Skip(isTruth ? Kind.Byte : element, depth - 1))
            {
                return false;
            }
        }

        return true;
    }

    private readonly ulong Checked(ulong size) => size <= (ulong)(_bytes.Length - _at)
        ? size
        : throw new DataException(
            $"{_file}: damaged footer: at byte {_at} of {_bytes.Length} it says that {size} bytes or values follow");

    private bool Pass(int count)
    {
        _at += count;
        return _at <= _bytes.Length;
    }

    private bool TryNumber(out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64 && _at < _bytes.Length; shift += 7)
        {
            byte next = _bytes[_at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
