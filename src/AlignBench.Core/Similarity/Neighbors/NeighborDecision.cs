using AlignBench.Interop;

namespace AlignBench.Similarity.Neighbors;

/// <summary>Writes a row's candidates, in no order, and says how many; null if all rows are.</summary>
internal delegate int? TakeCandidates(int row, Span<int> candidates);

/// <summary>Chooses each row's k nearest among its candidates by the float64 similarity, ties by lower index.</summary>
internal sealed class NeighborDecision(
    SearchSpace space, int k, int[]? groups, double chance, CancellationToken cancellation)
{
    /// <param name="capacity">Candidates of a row, at most.</param>
    /// <param name="take">The candidates; called from several threads.</param>
    public NeighborLists Among(int capacity, TakeCandidates take)
    {
        int[] indices = new int[checked(space.Rows * k)];
        double[] similarities = new double[indices.Length];
        Parallel.For(
            0,
            space.Rows,
            new ParallelOptions { MaxDegreeOfParallelism = NativeRuntime.Threads, CancellationToken = cancellation },
            () => new int[capacity],
            (i, _, candidates) =>
            {
                Span<int> near = take(i, candidates) is int count ? candidates.AsSpan(0, count) : Others(i);
                near.Sort();
                Rank(i, near, indices.AsSpan(i * k, k), similarities.AsSpan(i * k, k));
                return candidates;
            },
            _ => { });
        return new NeighborLists(space.Rows, k, indices, similarities, chance);
    }

    private int[] Others(int row) =>
        [.. Enumerable.Range(0, space.Rows).Where(j => j != row && (groups is null || groups[j] != groups[row]))];

    // Candidates come by ascending index, so that one goes behind all that are equally near.
    private void Rank(int row, ReadOnlySpan<int> near, Span<int> indices, Span<double> similarities)
    {
        int count = 0;
        foreach (int candidate in near)
        {
            double similarity = space.Exact(row, candidate);
            if (count == k && !(similarity > similarities[^1]))
            {
                continue;
            }

            int place = PlaceOf(similarity, similarities[..count]);
            count = Math.Min(k, count + 1);
            similarities[place..(count - 1)].CopyTo(similarities[(place + 1)..]);
            indices[place..(count - 1)].CopyTo(indices[(place + 1)..]);
            similarities[place] = similarity;
            indices[place] = candidate;
        }
    }

    // Behind the last of falling similarities that is not less.
    private static int PlaceOf(double similarity, ReadOnlySpan<double> falling)
    {
        (int low, int high) = (0, falling.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = falling[middle] >= similarity ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
