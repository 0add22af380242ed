namespace AlignBench.Tokenizers;

/// <summary>The four classes that GPT-2's and CLIP's patterns know; a code point is in exactly one.</summary>
internal enum CharacterKind
{
    /// <summary>Neither of the others.</summary>
    Other,

    /// <summary>\p{L}.</summary>
    Letter,

    /// <summary>\p{N}.</summary>
    Number,

    /// <summary>\s.</summary>
    Blank,
}

/// <summary>Scanning by <see cref="CharacterKind"/>.</summary>
internal static class CharacterKinds
{
    private static readonly CharacterKind[] s_ascii = [.. Enumerable.Range(0, 128).Select(Look)];

    /// <summary>The kind of the code point at <paramref name="position"/> and its length in bytes.</summary>
    public static CharacterKind At(ReadOnlySpan<byte> text, int position, out int length)
    {
        byte lead = text[position];
        if (lead < 128)
        {
            length = 1;
            return s_ascii[lead];
        }

        return Look(Utf8Runes.Decode(text, position, out length));
    }

    /// <summary>The end of the run of one kind that starts at <paramref name="position"/>.</summary>
    public static int EndOfRun(ReadOnlySpan<byte> text, int position, int end, CharacterKind kind)
    {
        while (position < end && At(text, position, out int length) == kind)
        {
            position += length;
        }

        return position;
    }

    /// <summary>
    /// Length of the match of <c>'s|'t|'re|'ve|'m|'ll|'d</c> at <paramref name="position"/>, or 0.
    /// </summary>
    public static int ContractionAt(ReadOnlySpan<byte> text, int position, int end)
    {
        if (text[position] != '\'' || position + 1 >= end)
        {
            return 0;
        }

        byte first = text[position + 1];
        if (first is (byte)'s' or (byte)'t' or (byte)'m' or (byte)'d')
        {
            return 2;
        }

        byte second = position + 2 < end ? text[position + 2] : (byte)0;
        bool isPair =
            (first, second) is ((byte)'r', (byte)'e') or ((byte)'v', (byte)'e') or ((byte)'l', (byte)'l');
        return isPair ? 3 : 0;
    }

    private static CharacterKind Look(int codePoint) =>
        UnicodeClasses.Letters.Contains(codePoint) ? CharacterKind.Letter
        : UnicodeClasses.Numbers.Contains(codePoint) ? CharacterKind.Number
        : UnicodeClasses.Blanks.Contains(codePoint) ? CharacterKind.Blank
        : CharacterKind.Other;
}
