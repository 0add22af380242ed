using AlignBench.Statistics;

namespace AlignBench.Experiments;

/// <summary>The rows that a study draws.</summary>
internal static class RandomSample
{
    /// <summary>
    /// The first <paramref name="size"/> of <c>numpy.random.RandomState(seed).permutation(n)</c>, put back into
    /// ascending order; all rows if there are no more than that.
    /// </summary>
    public static int[] Draw(int n, int? size, long seed)
    {
        if (size is not int wanted || wanted >= n)
        {
            return [.. Enumerable.Range(0, n)];
        }

        int[] drawn = new NumPyRandom(checked((uint)seed)).Permutation(n)[..wanted];
        Array.Sort(drawn);
        return drawn;
    }
}
