using System.Globalization;

namespace AlignBench.Data.Files;

/// <summary>
/// Patterns as webdataset and shells write them: <c>{00000..00010}</c> stands for each number of the range, with
/// leading zeros if either end has some, <c>{a,b}</c> for each word. Anything else in braces stands for itself.
/// </summary>
internal static class BracePattern
{
    private const int MostPaths = 1_000_000;

    /// <summary>The paths that a pattern stands for, in its order; itself if there are no braces in it.</summary>
    /// <exception cref="DataException">They are more than a million.</exception>
    public static IReadOnlyList<string> Expand(string pattern)
    {
        List<string> paths = [""];
        int position = 0;
        while (position < pattern.Length)
        {
            int open = pattern.IndexOf('{', position);
            int close = open < 0 ? -1 : pattern.IndexOf('}', open);
            string plain = close < 0 ? pattern[position..] : pattern[position..open];
            string[] choices = close < 0 ? [""] : Choices(pattern, pattern[(open + 1)..close]);
            if ((long)paths.Count * choices.Length > MostPaths)
            {
                throw TooMany(pattern);
            }

            paths = [.. paths.SelectMany(path => choices.Select(choice => path + plain + choice))];
            position = close < 0 ? pattern.Length : close + 1;
        }

        return paths;
    }

    private static string[] Choices(string pattern, string inside)
    {
        string[] ends = inside.Split("..");
        if (ends.Length == 2 && TryNumber(ends[0], out int first) && TryNumber(ends[1], out int last))
        {
            return Range(pattern, ends, first, last);
        }

        return inside.Contains(',') ? inside.Split(',') : [$"{{{inside}}}"];
    }

    private static string[] Range(string pattern, string[] ends, int first, int last)
    {
        long count = Math.Abs((long)last - first) + 1;
        if (count > MostPaths)
        {
            throw TooMany(pattern);
        }

        int step = first <= last ? 1 : -1;
        int digits = ends.Any(end => end.Length > 1 && end[0] == '0') ? ends.Max(end => end.Length) : 1;
        string format = string.Create(CultureInfo.InvariantCulture, $"D{digits}");
        return
        [
            .. Enumerable.Range(0, (int)count)
                .Select(i => (first + (i * step)).ToString(format, CultureInfo.InvariantCulture)),
        ];
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static DataException TooMany(string pattern) =>
        new($"{pattern}: stands for more than {MostPaths} files");
}
