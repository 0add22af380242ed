namespace AlignBench.Statistics.Distributions;

/// <summary>
/// The exact distribution of the sum of those ranks whose sign is positive, every sign a fair coin's.
/// </summary>
internal sealed class SignedRankDistribution
{
    private readonly double[] _share;            // P(2 W = i): average ranks are halves of whole numbers

    private SignedRankDistribution(double[] share) => _share = share;

    /// <param name="ranks">Whole numbers or halves.</param>
    public static SignedRankDistribution OfRanks(double[] ranks)
    {
        int[] doubled = [.. ranks.Select(rank => (int)Math.Round(2.0 * rank))];
        double[] share = new double[doubled.Sum() + 1];
        share[0] = 1.0;
        int reached = 0;
        foreach (int rank in doubled)
        {
            reached += rank;
            for (int i = reached; i >= 0; i--)
            {
                share[i] = (share[i] + (i >= rank ? share[i - rank] : 0.0)) / 2.0;
            }
        }

        return new SignedRankDistribution(share);
    }

    /// <summary>P(W ≤ <paramref name="sum"/>).</summary>
    public double AtMost(double sum)
    {
        double total = 0.0;
        for (int i = 0; i <= Math.Min(_share.Length - 1, (int)Math.Round(2.0 * sum)); i++)
        {
            total += _share[i];
        }

        return total;
    }

    /// <summary>P(W ≥ <paramref name="sum"/>).</summary>
    public double AtLeast(double sum)
    {
        double total = 0.0;
        for (int i = _share.Length - 1; i >= Math.Max(0, (int)Math.Round(2.0 * sum)); i--)
        {
            total += _share[i];
        }

        return total;
    }
}
