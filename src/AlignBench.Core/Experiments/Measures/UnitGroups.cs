using AlignBench.Experiments.Kinds;
using AlignBench.Features;

namespace AlignBench.Experiments.Measures;

/// <summary>
/// Which units are not independent: those that share a group (a prompt, an image's captions), an image's bytes or a
/// caption's text, directly or through other units.
/// </summary>
internal static class UnitGroups
{
    /// <param name="conditions">Of the same n units, at least one; what any of them shares counts.</param>
    /// <param name="images">Features of any vision model: equal contents have one row.</param>
    /// <param name="captions">The same of the captions.</param>
    /// <returns>[n] labels; of the groups that a shared content joins, the first in ordinal order.</returns>
    public static string[] Connect(IReadOnlyList<Condition> conditions, FeatureTable images, FeatureTable captions)
    {
        string[] groups = conditions[0].Groups;
        int[] parents = [.. Enumerable.Range(0, groups.Length)];
        Dictionary<string, int> ofGroup = [];
        Dictionary<int, int> ofImage = [];
        Dictionary<int, int> ofCaption = [];
        for (int unit = 0; unit < groups.Length; unit++)
        {
            Join(ofGroup, groups[unit], unit);
            foreach (Condition condition in conditions)
            {
                foreach (string entry in condition.Images[unit])
                {
                    Join(ofImage, images.RowOf(entry), unit);
                }

                foreach (string entry in condition.Captions[unit])
                {
                    Join(ofCaption, captions.RowOf(entry), unit);
                }
            }
        }

        Dictionary<int, string> labels = [];
        for (int unit = 0; unit < groups.Length; unit++)
        {
            int root = Root(unit);
            labels[root] = labels.TryGetValue(root, out string? label) && string.CompareOrdinal(label, groups[unit]) < 0
                ? label
                : groups[unit];
        }

        return [.. Enumerable.Range(0, groups.Length).Select(unit => labels[Root(unit)])];

        void Join<TKey>(Dictionary<TKey, int> first, TKey key, int unit)
            where TKey : notnull
        {
            if (!first.TryAdd(key, unit))
            {
                parents[Root(unit)] = Root(first[key]);
            }
        }

        int Root(int unit)
        {
            while (parents[unit] != unit)
            {
                parents[unit] = parents[parents[unit]];
                unit = parents[unit];
            }

            return unit;
        }
    }
}
