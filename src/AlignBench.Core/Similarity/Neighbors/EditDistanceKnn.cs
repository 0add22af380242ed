namespace AlignBench.Similarity.Neighbors;

/// <summary>
/// Edit-distance-kNN (minyoungg/platonic-rep, metrics.py, <c>edit_distance_knn</c>): how few insertions, deletions
/// and substitutions turn one ordered neighbour list into the other (Levenshtein 1966).
/// </summary>
public static class EditDistanceKnn
{
    /// <summary>1 − mean Levenshtein distance / k.</summary>
    /// <returns>0 to 1.</returns>
    /// <exception cref="ArgumentException">The row counts or the ks differ.</exception>
    public static double Score(NeighborLists a, NeighborLists b) => Side(a).Score(Side(b));

    internal static int Count(NeighborLists a, int item, ReadOnlySpan<int> neighborsB)
    {
        ReadOnlySpan<int> own = a.Of(item);
        int[] edits = new int[own.Length + 1];               // from own[..j] to the neighbours seen so far
        for (int j = 0; j < edits.Length; j++)
        {
            edits[j] = j;
        }

        foreach (int neighbor in neighborsB)
        {
            int before = edits[0]++;
            for (int j = 1; j < edits.Length; j++)
            {
                int replaced = before + (own[j - 1] == neighbor ? 0 : 1);
                before = edits[j];
                edits[j] = Math.Min(replaced, Math.Min(edits[j], edits[j - 1]) + 1);
            }
        }

        return edits[^1];
    }

    internal static KnnSide Side(NeighborLists lists) => new(lists, Count, mean => 1.0 - (mean / lists.K));
}
