namespace AlignBench.Statistics.Inference;

/// <summary>
/// Fisher's randomisation test of paired differences: were condition names exchangeable, every pattern of
/// signs of the differences would be equally likely. All 2ⁿ patterns are counted, none sampled.
/// </summary>
/// <param name="N">Differences, zeros included: they are flipped too.</param>
/// <param name="AtLeastAsFar">Patterns with |S| ≥ |S_observed|.</param>
/// <param name="AtLeast">Patterns with S ≥ S_observed.</param>
/// <param name="AtMost">Patterns with S ≤ S_observed.</param>
public sealed record SignFlipTest(int N, long AtLeastAsFar, long AtLeast, long AtMost)
{
    /// <summary>The largest n: the two halves' 2^(n/2) sums are held in memory.</summary>
    public const int MaxN = 40;

    // Equal sums added up in another order count as equal.
    private const double SlackShare = 1e-14;

    /// <summary>2ⁿ.</summary>
    public long Patterns => 1L << N;

    /// <summary>
    /// Share of patterns at least as extreme; the observed one is among them, so it is never 0.
    /// </summary>
    public double PValue(Alternative alternative = Alternative.TwoSided) => alternative switch
    {
        Alternative.TwoSided => (double)AtLeastAsFar / Patterns,
        Alternative.Greater => (double)AtLeast / Patterns,
        Alternative.Less => (double)AtMost / Patterns,
        _ => throw new ArgumentOutOfRangeException(nameof(alternative)),
    };

    /// <summary>Counts the patterns.</summary>
    /// <param name="differences">[n], a − b of each pair, finite.</param>
    /// <exception cref="ArgumentException">
    /// n is outside 1 … <see cref="MaxN"/>, or a value is not finite.
    /// </exception>
    public static SignFlipTest Count(ReadOnlySpan<double> differences)
    {
        int n = differences.Length;
        if (n is < 1 or > MaxN || differences.IndexOfAnyExceptInRange(double.MinValue, double.MaxValue) >= 0)
        {
            throw new ArgumentException(
                $"expected 1 to {MaxN} finite differences, got {n}", nameof(differences));
        }

        double observed = 0.0;
        double size = 0.0;
        foreach (double difference in differences)
        {
            observed += difference;
            size += Math.Abs(difference);
        }

        double slack = SlackShare * size;
        double[] first = SortedSums(differences[..(n / 2)]);
        double[] second = SortedSums(differences[(n / 2)..]);
        long atLeast = CountAtLeast(first, second, observed - slack);
        long atMost = CountAtLeast(first, second, -observed - slack);     // the sums are symmetric around 0
        double far = Math.Abs(observed) - slack;
        long atLeastAsFar = far <= 0.0 ? 1L << n : 2 * CountAtLeast(first, second, far);
        return new SignFlipTest(n, atLeastAsFar, atLeast, atMost);
    }

    private static double[] SortedSums(ReadOnlySpan<double> differences)
    {
        double[] sums = [0.0];
        foreach (double difference in differences)
        {
            sums = [.. sums.Select(sum => sum + difference), .. sums.Select(sum => sum - difference)];
        }

        Array.Sort(sums);
        return sums;
    }

    // Pairs with first[i] + second[j] ≥ bound: as i rises, the first fitting j falls.
    private static long CountAtLeast(double[] first, double[] second, double bound)
    {
        long count = 0;
        int j = second.Length;
        foreach (double sum in first)
        {
            while (j > 0 && sum + second[j - 1] >= bound)
            {
                j--;
            }

            count += second.Length - j;
        }

        return count;
    }
}
