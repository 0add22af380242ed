using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace AlignBench.Data.Packed;

/// <summary>Writes numbers and texts for <see cref="RecordReader"/>.</summary>
internal sealed class RecordWriter
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>What was written since <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public void Clear() => _bytes.ResetWrittenCount();

    /// <param name="value">0 or more.</param>
    public void Write(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Span<byte> target = _bytes.GetSpan(5);
        int length = 0;
        for (uint rest = (uint)value; ; rest >>= 7)
        {
            target[length++] = (byte)((rest & 0x7F) | (rest > 0x7F ? 0x80u : 0));
            if (rest <= 0x7F)
            {
                break;
            }
        }

        _bytes.Advance(length);
    }

    public void Write(bool value) => Write(value ? 1 : 0);

    public void Write(double? value)
    {
        Write(value is not null);
        if (value is double number)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(_bytes.GetSpan(sizeof(double)), number);
            _bytes.Advance(sizeof(double));
        }
    }

    /// <summary>As UTF-8; a text with half a surrogate pair, which UTF-8 can't say, as UTF-16.</summary>
    public void Write(string text)
    {
        if (TryCountUtf8(text, out int count))
        {
            Write(count << 1);
            _bytes.Advance(s_utf8.GetBytes(text, _bytes.GetSpan(count)));
            return;
        }

        Write((text.Length << 1) | 1);
        foreach (char c in text)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(_bytes.GetSpan(sizeof(char)), c);
            _bytes.Advance(sizeof(char));
        }
    }

    private static bool TryCountUtf8(string text, out int count)
    {
        try
        {
            count = s_utf8.GetByteCount(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            count = 0;
            return false;
        }
    }
}
