namespace AlignBench.Data;

/// <summary>Guesses which known name a misspelt one means.</summary>
internal static class Spelling
{
    /// <summary>
    /// The known name with the fewest letters to add, drop or replace (Levenshtein 1966), if that is at most a third
    /// of its length, rounded up; or the first that one of the two begins with.
    /// </summary>
    public static string? Nearest(string name, IReadOnlyList<string> known)
    {
        string lower = name.ToLowerInvariant();
        string? nearest = known.MinBy(candidate => Distance(lower, candidate));
        if (nearest is not null && Distance(lower, nearest) <= (nearest.Length + 2) / 3)
        {
            return nearest;
        }

        return lower.Length == 0
            ? null
            : known.FirstOrDefault(candidate =>
                candidate.StartsWith(lower, StringComparison.Ordinal)
                || lower.StartsWith(candidate, StringComparison.Ordinal));
    }

    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];     // distances of a's first i letters to b's first j
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
