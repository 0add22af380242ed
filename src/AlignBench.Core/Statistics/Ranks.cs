namespace AlignBench.Statistics;

/// <summary>Ranks of observations.</summary>
public static class Ranks
{
    /// <summary>Ranks from 1, equal values sharing the average of theirs.</summary>
    /// <param name="values">[n], without NaN.</param>
    public static double[] Average(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        double[] ranks = new double[sorted.Length];
        foreach ((int start, int count) in Runs(sorted))
        {
            for (int i = start; i < start + count; i++)
            {
                ranks[order[i]] = start + ((count + 1) / 2.0);
            }
        }

        return ranks;
    }

    /// <summary>How many observations share each distinct value, from the smallest value up.</summary>
    internal static int[] TieCounts(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        return [.. Runs(sorted).Select(run => run.Count)];
    }

    private static List<(int Start, int Count)> Runs(double[] sorted)
    {
        List<(int Start, int Count)> runs = [];
        int start = 0;
        for (int i = 1; i <= sorted.Length; i++)
        {
            if (i == sorted.Length || sorted[i] != sorted[start])
            {
                runs.Add((start, i - start));
                start = i;
            }
        }

        return runs;
    }
}
