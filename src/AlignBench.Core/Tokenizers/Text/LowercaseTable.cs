using System.Globalization;

namespace AlignBench.Tokenizers;

/// <summary>
/// Lowercase of single code points, Unicode 17 (measured through Hugging Face tokenizers 0.23.3): no final
/// sigma, no other context.
/// </summary>
internal static class LowercaseTable
{
    private static readonly Dictionary<int, int[]> s_table = Read();

    /// <summary>
    /// The code points that the lowercase of a code point is made of; empty if it has none of its own.
    /// </summary>
    public static ReadOnlySpan<int> Of(int codePoint) => s_table.TryGetValue(codePoint, out int[]? lower)
        ? lower
        : [];

    // first last step distance, or first last step = code points
    private static Dictionary<int, int[]> Read()
    {
        Dictionary<int, int[]> table = [];
        foreach (string[] words in Resource.Lines("unicode-lowercase.txt").Select(line => line.Split(' ')))
        {
            int step = Hexadecimal.Parse(words[2]);
            for (int c = Hexadecimal.Parse(words[0]); c <= Hexadecimal.Parse(words[1]); c += step)
            {
                table[c] = words[3] == "="
                    ? [.. words.Skip(4).Select(Hexadecimal.Parse)]
                    : [c + int.Parse(words[3], CultureInfo.InvariantCulture)];
            }
        }

        return table;
    }
}
