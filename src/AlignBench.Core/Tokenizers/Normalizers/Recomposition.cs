namespace AlignBench.Tokenizers;

/// <summary>
/// Canonical composition (UAX #15) of a decomposed text; what is composed adds its changes up.
/// </summary>
internal static class Recomposition
{
    /// <summary>The composed text.</summary>
    public static List<(
        int CodePoint, int Change)> Compose(IReadOnlyList<(int CodePoint, int Change)> decomposed)
    {
        List<(int CodePoint, int Change)> composed = [];
        int starter = -1;           // place of the last starter in the result; -1: none yet
        int lastClass = -1;         // class of the last mark kept behind it; -1: none
        foreach ((int codePoint, int change) in decomposed)
        {
            int combiningClass = NormalizationTables.ClassOf(codePoint);
            int together = starter < 0 || lastClass >= combiningClass
                ? -1
                : NormalizationTables.Compose(composed[starter].CodePoint, codePoint);
            if (together >= 0)
            {
                composed[starter] = (together, composed[starter].Change + change - 1);
                continue;
            }

            composed.Add((codePoint, change));
            if (combiningClass == 0)
            {
                starter = composed.Count - 1;
                lastClass = -1;
            }
            else if (starter >= 0)
            {
                lastClass = combiningClass;
            }
        }

        return composed;
    }
}
