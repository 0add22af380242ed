using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AlignBench.Tokenizers;

/// <summary>Code points in UTF-8 that is known to be valid.</summary>
internal static class Utf8Runes
{
    private static readonly UTF8Encoding s_strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Bytes of the code point that starts with <paramref name="lead"/>: 1 to 4.</summary>
    public static int LengthFrom(byte lead) => lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;

    /// <summary>The code point at <paramref name="position"/> and its length in bytes.</summary>
    public static int Decode(ReadOnlySpan<byte> text, int position, out int length)
    {
        int lead = text[position];
        if (lead < 0x80)
        {
            length = 1;
            return lead;
        }

        if (lead < 0xE0)
        {
            length = 2;
            return ((lead & 0x1F) << 6) | (text[position + 1] & 0x3F);
        }

        if (lead < 0xF0)
        {
            length = 3;
            return ((lead & 0x0F) << 12) | ((text[position + 1] & 0x3F) << 6) | (text[position + 2] & 0x3F);
        }

        length = 4;
        return ((lead & 0x07) << 18) | ((text[position + 1] & 0x3F) << 12)
            | ((text[position + 2] & 0x3F) << 6) | (text[position + 3] & 0x3F);
    }

    /// <summary>Where the code point before <paramref name="position"/> starts.</summary>
    public static int Before(ReadOnlySpan<byte> text, int position)
    {
        do
        {
            position--;
        }
        while ((text[position] & 0xC0) == 0x80);

        return position;
    }

    /// <summary>How many code points start in the text.</summary>
    public static int Count(ReadOnlySpan<byte> text)
    {
        int count = 0;
        foreach (byte b in text)
        {
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }

    /// <summary>The bytes as a string; false if they are not valid UTF-8.</summary>
    public static bool TryGetString(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = s_strict.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = null;
            return false;
        }
    }

    /// <summary>UTF-8 of a string; each lone surrogate becomes U+FFFD.</summary>
    public static byte[] GetBytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    /// <summary>True if the text is one code point.</summary>
    public static bool IsSingle(ReadOnlySpan<char> text, out int codePoint)
    {
        bool valid =
            Rune.DecodeFromUtf16(text, out Rune rune, out int length) == System.Buffers.OperationStatus.Done;
        codePoint = rune.Value;
        return valid && length == text.Length;
    }
}
