using System.Buffers.Binary;
using System.Text;

namespace AlignBench.Data.Packed;

/// <summary>Reads back what a <see cref="RecordWriter"/> wrote, in the same order.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> record)
{
    private ReadOnlySpan<byte> _rest = record;

    public int Number()
    {
        uint value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (uint)(next & 0x7F) << shift;
            if (next <= 0x7F)
            {
                return (int)value;
            }
        }
    }

    public bool Flag() => Number() != 0;

    public double? MaybeDouble() => Flag() ? BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double))) : null;

    public string Text()
    {
        int length = Number();
        if ((length & 1) == 0)
        {
            return Encoding.UTF8.GetString(Take(length >> 1));
        }

        char[] chars = new char[length >> 1];
        for (int i = 0; i < chars.Length; i++)
        {
            chars[i] = (char)BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(char)));
        }

        return new string(chars);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
