using AlignBench.Features;

namespace AlignBench.Similarity;

/// <summary>
/// Groups of items that are not to count as each other's neighbours: those that share something, and those that are
/// joined through others.
/// </summary>
public static class ItemGroups
{
    /// <summary>Items whose rows are equal in any of the matrices, an item that equals no other on its own.</summary>
    /// <param name="features">[n, d] each, the same items.</param>
    /// <returns>[n], numbered from 0 in the order in which they come.</returns>
    public static int[] OfDuplicates(params ReadOnlySpan<FeatureMatrix> features)
    {
        int n = features.Length == 0 ? 0 : features[0].Rows;
        int[][] labels = new int[features.Length][];
        for (int f = 0; f < features.Length; f++)
        {
            FeatureMatrix.ThrowIfNotPaired(features[0], features[f]);
            labels[f] = EqualRows(features[f]);
        }

        return Join(n, labels);
    }

    /// <summary>Items that have a content in common, directly or through others.</summary>
    /// <param name="contents">[n], numbers of each item's contents (the rows of its images or captions).</param>
    /// <returns>[n], numbered from 0 in the order in which they come.</returns>
    public static int[] OfShared(IReadOnlyList<int[]> contents)
    {
        ArgumentNullException.ThrowIfNull(contents);
        int[] parent = [.. Enumerable.Range(0, contents.Count)];
        Dictionary<int, int> first = [];
        for (int i = 0; i < contents.Count; i++)
        {
            foreach (int content in contents[i])
            {
                if (!first.TryAdd(content, i))
                {
                    parent[Root(parent, i)] = Root(parent, first[content]);
                }
            }
        }

        return Numbered(parent);
    }

    /// <summary>Items that are in one group of any of the groupings.</summary>
    /// <param name="n">Items.</param>
    /// <param name="groupings">[n] each.</param>
    /// <returns>[n], numbered from 0 in the order in which they come.</returns>
    public static int[] Join(int n, params ReadOnlySpan<int[]> groupings)
    {
        int[] parent = [.. Enumerable.Range(0, n)];
        foreach (int[] grouping in groupings)
        {
            Dictionary<int, int> first = [];
            for (int i = 0; i < n; i++)
            {
                if (!first.TryAdd(grouping[i], i))
                {
                    parent[Root(parent, i)] = Root(parent, first[grouping[i]]);
                }
            }
        }

        return Numbered(parent);
    }

    private static int[] Numbered(int[] parent)
    {
        Dictionary<int, int> number = [];
        int[] joined = new int[parent.Length];
        for (int i = 0; i < joined.Length; i++)
        {
            int root = Root(parent, i);
            if (!number.TryGetValue(root, out joined[i]))
            {
                number.Add(root, joined[i] = number.Count);
            }
        }

        return joined;
    }

    private static int Root(int[] parent, int i)
    {
        while (parent[i] != i)
        {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }

        return i;
    }

    /// <summary>[n], for each row the first row that is equal to it.</summary>
    /// <param name="x">[n, d].</param>
    public static int[] EqualRows(FeatureMatrix x)
    {
        ArgumentNullException.ThrowIfNull(x);
        Dictionary<int, List<int>> byHash = [];
        int[] labels = new int[x.Rows];
        for (int i = 0; i < x.Rows; i++)
        {
            HashCode hash = default;
            foreach (double value in x.Row(i))
            {
                hash.Add(value);
            }

            int code = hash.ToHashCode();
            if (!byHash.TryGetValue(code, out List<int>? seen))
            {
                byHash.Add(code, seen = []);
            }

            int found = seen.FindIndex(j => x.Row(j).SequenceEqual(x.Row(i)));
            labels[i] = found < 0 ? i : seen[found];
            if (found < 0)
            {
                seen.Add(i);
            }
        }

        return labels;
    }
}
