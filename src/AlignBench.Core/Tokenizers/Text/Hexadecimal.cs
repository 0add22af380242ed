using System.Globalization;

namespace AlignBench.Tokenizers;

/// <summary>Reads the numbers of the built-in tables.</summary>
internal static class Hexadecimal
{
    /// <summary>A hexadecimal number.</summary>
    public static int Parse(string text) =>
        int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>"41-5A" or "41", inclusive.</summary>
    public static (int First, int Last) ParseRange(string text)
    {
        string[] ends = text.Split('-');
        return (Parse(ends[0]), Parse(ends[^1]));
    }
}
