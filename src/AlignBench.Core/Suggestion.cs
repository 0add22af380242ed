namespace AlignBench;

/// <summary>"Did you mean" for a name that is not in a list.</summary>
public static class Suggestion
{
    /// <returns><c>; did you mean 'x'?</c>, or nothing if no name is near.</returns>
    public static string For(string wrong, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(wrong);
        ArgumentNullException.ThrowIfNull(names);
        string? nearest = names.Where(name => Edits(wrong, name) <= Math.Max(2, wrong.Length / 3))
            .MinBy(name => Edits(wrong, name));
        return nearest is null ? "" : $"; did you mean '{nearest}'?";
    }

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other.</summary>
    internal static int Edits(string a, string b)
    {
        int[,] edits = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                edits[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(
                        Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1,
                        edits[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
                }
            }
        }

        return edits[a.Length, b.Length];
    }
}
