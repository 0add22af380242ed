using System.Text;

namespace AlignBench.Data.Tables;

/// <summary>One line of a text file.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">Without its end.</param>
/// <param name="End">LF, CR LF, or nothing for a last line without an end.</param>
internal readonly record struct TextLine(int Number, string Text, string End);

/// <summary>Streams the lines of a UTF-8 file; a byte order mark is passed over.</summary>
internal static class TextLines
{
    private static readonly UTF8Encoding s_strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="DataException">A line is not UTF-8; the message names it.</exception>
    public static IEnumerable<TextLine> Read(string file)
    {
        using FileStream stream = File.OpenRead(file);
        byte[] buffer = new byte[1 << 16];
        int start = 0;
        int end = 0;
        int number = 0;
        bool final = false;
        while (!final || start < end)
        {
            int length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n') + 1;
            if (length == 0 && !final)
            {
                (start, end, final) = Refill(stream, ref buffer, start, end);
                continue;
            }

            number++;
            length = length == 0 ? end - start : length;
            yield return Line(file, number, buffer.AsSpan(start, length));
            start += length;
        }
    }

    /// <summary>A whole file, or a part of one, as text.</summary>
    /// <param name="source">For the message.</param>
    /// <param name="bytes">The text.</param>
    /// <exception cref="DataException">It is not UTF-8.</exception>
    public static string Decode(string source, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return s_strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new DataException($"{source}: not UTF-8");
        }
    }

    private static TextLine Line(string file, int number, ReadOnlySpan<byte> bytes)
    {
        if (number == 1 && bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        string end = bytes.EndsWith("\r\n"u8) ? "\r\n" : bytes.EndsWith("\n"u8) ? "\n" : "";
        return new TextLine(number, Decode($"{file}: line {number}", bytes[..^end.Length]), end);
    }

    private static (int Start, int End, bool Final) Refill(
        FileStream stream, ref byte[] buffer, int start, int end)
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        end -= start;
        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, checked(buffer.Length * 2));
        }

        int read = stream.Read(buffer, end, buffer.Length - end);
        return (0, end + read, read == 0);
    }
}
