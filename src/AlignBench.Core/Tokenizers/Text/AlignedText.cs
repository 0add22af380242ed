using System.Text;

namespace AlignBench.Tokenizers;

/// <summary>
/// A growing UTF-8 text and, where asked for, the code points of the original text that each of its bytes
/// stands for. One is filled from another by each step of the pipeline; the memory is used again for the next
/// text.
/// </summary>
internal sealed class AlignedText
{
    private byte[] _bytes = new byte[256];
    private int[] _starts = [];
    private int[] _ends = [];

    /// <summary>Whether offsets are kept.</summary>
    public bool Aligned { get; private set; }

    /// <summary>In bytes.</summary>
    public int Length { get; private set; }

    /// <summary>Reserved bytes.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>The text.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>True if all bytes are ASCII.</summary>
    public bool IsAscii => Ascii.IsValid(Bytes);

    /// <summary>First code point of the original that byte <paramref name="index"/> stands for.</summary>
    public int StartOf(int index) => _starts[index];

    /// <summary>Exclusive end of the code points that byte <paramref name="index"/> stands for.</summary>
    public int EndOf(int index) => _ends[index];

    /// <summary>Empties the text and says whether it keeps offsets from here on.</summary>
    public void Clear(bool aligned)
    {
        Length = 0;
        Aligned = aligned;
    }

    /// <summary>Becomes a .NET string; each byte stands for its own code point.</summary>
    public void Load(string text, bool aligned)
    {
        Clear(aligned);
        Reserve(checked(text.Length * 3));
        Length = System.Text.Encoding.UTF8.GetBytes(text, _bytes);
        if (!aligned)
        {
            return;
        }

        int codePoint = -1;
        for (int i = 0; i < Length; i++)
        {
            codePoint += (_bytes[i] & 0xC0) == 0x80 ? 0 : 1;
            _starts[i] = codePoint;
            _ends[i] = codePoint + 1;
        }
    }

    /// <summary>Bytes [start, end) of another text, with their offsets.</summary>
    public void Append(AlignedText source, int start, int end)
    {
        int count = end - start;
        Reserve(Length + count);
        source._bytes.AsSpan(start, count).CopyTo(_bytes.AsSpan(Length));
        if (Aligned)
        {
            source._starts.AsSpan(start, count).CopyTo(_starts.AsSpan(Length));
            source._ends.AsSpan(start, count).CopyTo(_ends.AsSpan(Length));
        }

        Length += count;
    }

    /// <summary>Bytes that all stand for the code points [from, to) of the original.</summary>
    public void Append(ReadOnlySpan<byte> bytes, int from, int to)
    {
        Reserve(Length + bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        if (Aligned)
        {
            _starts.AsSpan(Length, bytes.Length).Fill(from);
            _ends.AsSpan(Length, bytes.Length).Fill(to);
        }

        Length += bytes.Length;
    }

    /// <summary>
    /// Bytes that stand for whatever byte <paramref name="index"/> of <paramref name="source"/> stands for.
    /// </summary>
    public void AppendAs(AlignedText source, int index, ReadOnlySpan<byte> bytes)
    {
        if (Aligned)
        {
            Append(bytes, source._starts[index], source._ends[index]);
        }
        else
        {
            Append(bytes, 0, 0);
        }
    }

    /// <summary>A code point that stands for whatever byte <paramref name="index"/> stands for.</summary>
    public void AppendAs(AlignedText source, int index, int codePoint)
    {
        Span<byte> bytes = stackalloc byte[4];
        int length = new Rune(codePoint).EncodeToUtf8(bytes);
        AppendAs(source, index, bytes[..length]);
    }

    /// <summary>A code point that stands for nothing in the original.</summary>
    public void AppendUnplaced(int codePoint)
    {
        Span<byte> bytes = stackalloc byte[4];
        Append(bytes[..new Rune(codePoint).EncodeToUtf8(bytes)], 0, 0);
    }

    /// <summary>Drops the text's end.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>Makes each byte end where the next one starts, the last at <paramref name="end"/>.</summary>
    public void EndAtNextStart(int end)
    {
        if (Aligned && Length > 0)
        {
            _starts.AsSpan(1, Length - 1).CopyTo(_ends);
            _ends[Length - 1] = end;
        }
    }

    /// <summary>Lowers the ASCII letters of the text.</summary>
    public void LowerAscii() => Ascii.ToLowerInPlace(_bytes.AsSpan(0, Length), out _);

    private void Reserve(int length)
    {
        if (length > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(length, 2L * _bytes.Length)));
        }

        if (Aligned && _starts.Length < _bytes.Length)
        {
            Array.Resize(ref _starts, _bytes.Length);
            Array.Resize(ref _ends, _bytes.Length);
        }
    }
}
