namespace AlignBench.Tokenizers;

/// <summary>
/// GPT-2's letters for bytes (openai/gpt-2, encoder.py, bytes_to_unicode): printable Latin-1 stands for
/// itself, the other 68 bytes for U+0100 and on, in order. So a space is Ġ (U+0120).
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] s_letters = Letters();

    /// <summary>The letter of a byte.</summary>
    public static char LetterOf(byte value) => s_letters[value];

    /// <summary>Bytes as letters.</summary>
    public static string Spell(ReadOnlySpan<byte> bytes)
    {
        char[] letters = new char[bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            letters[i] = s_letters[bytes[i]];
        }

        return new string(letters);
    }

    private static char[] Letters()
    {
        char[] letters = new char[256];
        int others = 0;
        for (int b = 0; b < 256; b++)
        {
            bool printable = b is (>= 0x21 and <= 0x7E) or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            letters[b] = printable ? (char)b : (char)(0x100 + others++);
        }

        return letters;
    }
}
