using AlignBench.Statistics.Distributions;

namespace AlignBench.Statistics;

/// <summary>Kendall's rank correlation, as <c>scipy.stats.kendalltau</c>.</summary>
public static class KendallTau
{
    private const int ExactUpTo = 33;

    /// <summary>
    /// τ-b = (concordant − discordant) / √((pairs − tied in x)(pairs − tied in y)). p is exact without ties
    /// up to n = 33 or next to perfect order, else from the normal approximation (Kendall 1970).
    /// </summary>
    /// <param name="x">[n].</param>
    /// <param name="y">[n].</param>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    public static Correlation Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"observations must be paired: {x.Length} against {y.Length}");
        }

        int n = x.Length;
        (long score, long discordant) = Compare(x, y);
        long pairs = (long)n * (n - 1) / 2;
        Ties inX = Ties.Of(x);
        Ties inY = Ties.Of(y);
        if (inX.Pairs == pairs || inY.Pairs == pairs)
        {
            return new Correlation(double.NaN, double.NaN);
        }

        double tau = score / Math.Sqrt(pairs - inX.Pairs) / Math.Sqrt(pairs - inY.Pairs);
        bool untied = inX.Pairs == 0 && inY.Pairs == 0;
        long swaps = Math.Min(discordant, pairs - discordant);
        double p = untied && (n <= ExactUpTo || swaps <= 1) ? ExactP(n, swaps) : NormalP(n, score, inX, inY);
        return new Correlation(Math.Clamp(tau, -1.0, 1.0), p);
    }

    private static (long Score, long Discordant) Compare(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        long score = 0;
        long discordant = 0;
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                int agreement = x[i].CompareTo(x[j]) * y[i].CompareTo(y[j]);
                score += agreement;
                discordant += agreement < 0 ? 1 : 0;
            }
        }

        return (score, discordant);
    }

    // Twice the share of orders of n with at most so many inversions: those of j items are those of j − 1
    // with the last one moved 0 … j − 1 places, each as likely.
    private static double ExactP(int n, long swaps)
    {
        double[] share = new double[swaps + 1];
        share[0] = 1.0;
        for (int items = 2; items <= n; items++)
        {
            double[] next = new double[share.Length];
            double window = 0.0;
            for (int i = 0; i < share.Length; i++)
            {
                window += share[i] - (i >= items ? share[i - items] : 0.0);
                next[i] = window / items;
            }

            share = next;
        }

        return Math.Min(1.0, 2.0 * share.Sum());
    }

    private static double NormalP(int n, long score, Ties x, Ties y)
    {
        double m = (double)n * (n - 1);
        double variance = (((m * ((2.0 * n) + 5.0)) - x.Fifths - y.Fifths) / 18.0)
            + (2.0 * x.Pairs * y.Pairs / m)
            + (x.Triples * y.Triples / (9.0 * m * (n - 2.0)));
        return Normal.TwoSided(score / Math.Sqrt(variance));
    }

    // Σ t(t − 1)/2, Σ t(t − 1)(t − 2) and Σ t(t − 1)(2t + 5) over the runs of t equal values.
    private readonly record struct Ties(long Pairs, double Triples, double Fifths)
    {
        public static Ties Of(ReadOnlySpan<double> values)
        {
            int[] counts = Ranks.TieCounts(values);
            return new Ties(
                counts.Sum(t => (long)t * (t - 1) / 2),
                counts.Sum(t => (double)t * (t - 1) * (t - 2)),
                counts.Sum(t => (double)t * (t - 1) * ((2 * t) + 5)));
        }
    }
}
