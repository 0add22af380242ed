using AlignBench.Statistics.Distributions;

namespace AlignBench.Statistics.Inference;

/// <summary>How the null distribution of the signed-rank statistic is found.</summary>
public enum WilcoxonMethod
{
    /// <summary>
    /// Exact up to n = 50 without ties and zeros; with them all sign patterns up to n = 13; else the normal
    /// approximation.
    /// </summary>
    Auto,

    /// <summary>
    /// The distribution without ties, statistics rounded towards the middle: exact only without ties.
    /// </summary>
    Exact,

    /// <summary>The normal approximation, ties corrected for, no continuity correction.</summary>
    Asymptotic,

    /// <summary>The same with the continuity correction of ½.</summary>
    AsymptoticCorrected,
}

/// <summary>What becomes of differences that are zero.</summary>
public enum ZeroMethod
{
    /// <summary>They are dropped (Wilcoxon 1945).</summary>
    Wilcox,

    /// <summary>They are ranked, then their ranks are dropped (Pratt 1959).</summary>
    Pratt,

    /// <summary>They are ranked, and half of their ranks goes to each side.</summary>
    ZSplit,
}

/// <summary>Wilcoxon's signed-rank test of paired differences, as <c>scipy.stats.wilcoxon</c> 1.17.</summary>
/// <param name="Statistic">
/// The smaller of the two rank sums for two-sided, else that of positive differences.
/// </param>
/// <param name="PValue">
/// 1 where every difference is zero, whatever the method (scipy answers 1, .0078 or NaN).
/// </param>
public sealed record WilcoxonTest(double Statistic, double PValue)
{
    private const int ExactUpTo = 50;
    private const int EnumerateUpTo = 13;

    /// <summary>Tests whether the differences are symmetric around zero.</summary>
    /// <param name="differences">[n], a − b of each pair, n ≥ 1, finite.</param>
    /// <param name="method">See <see cref="WilcoxonMethod"/>.</param>
    /// <param name="zeros">See <see cref="ZeroMethod"/>.</param>
    /// <param name="alternative">Greater: the differences tend to be positive.</param>
    /// <exception cref="ArgumentException">There is no difference, or one is not finite.</exception>
    public static WilcoxonTest Compare(
        ReadOnlySpan<double> differences,
        WilcoxonMethod method = WilcoxonMethod.Auto,
        ZeroMethod zeros = ZeroMethod.Wilcox,
        Alternative alternative = Alternative.TwoSided)
    {
        if (differences.IsEmpty || differences.IndexOfAnyExceptInRange(double.MinValue, double.MaxValue) >= 0)
        {
            throw new ArgumentException("expected at least one difference, all finite", nameof(differences));
        }

        SignedRanks ranks = SignedRanks.Of(differences, zeros);
        bool isTwoSided = alternative == Alternative.TwoSided;
        double statistic = isTwoSided ? Math.Min(ranks.Plus, ranks.Minus) : ranks.Plus;
        if (!differences.ContainsAnyExcept(0.0))
        {
            return new WilcoxonTest(statistic, 1.0);
        }

        double p = method switch
        {
            WilcoxonMethod.Exact => ExactP(ranks, alternative),
            WilcoxonMethod.Asymptotic => NormalP(ranks, alternative, correct: false),
            WilcoxonMethod.AsymptoticCorrected => NormalP(ranks, alternative, correct: true),
            WilcoxonMethod.Auto when differences.Length <= ExactUpTo && !ranks.HasTiesOrZeros =>
                ExactP(ranks, alternative),
            WilcoxonMethod.Auto when differences.Length <= EnumerateUpTo => EnumeratedP(ranks, alternative),
            WilcoxonMethod.Auto => NormalP(ranks, alternative, correct: false),
            _ => throw new ArgumentOutOfRangeException(nameof(method)),
        };
        return new WilcoxonTest(statistic, p);
    }

    private static double ExactP(SignedRanks ranks, Alternative alternative)
    {
        SignedRankDistribution untied = SignedRankDistribution.OfRanks(
            [.. Enumerable.Range(1, ranks.Count).Select(rank => (double)rank)]);
        return Combine(
            untied.AtMost(Math.Ceiling(ranks.Plus)), untied.AtLeast(Math.Floor(ranks.Plus)), alternative);
    }

    // Zeros keep their place whatever their sign: only the other ranks change sides.
    private static double EnumeratedP(SignedRanks ranks, Alternative alternative)
    {
        SignedRankDistribution tied = SignedRankDistribution.OfRanks(ranks.NonZero);
        double plus = ranks.Plus - ranks.SplitZeros;
        return Combine(tied.AtMost(plus), tied.AtLeast(plus), alternative);
    }

    private static double NormalP(SignedRanks ranks, Alternative alternative, bool correct)
    {
        double z = (ranks.Plus - ranks.NullMean) / ranks.NullDeviation;
        double sign = alternative switch
        {
            Alternative.Greater => 1.0,
            Alternative.Less => -1.0,
            _ => Math.Sign(z),
        };
        z -= correct ? sign * 0.5 / ranks.NullDeviation : 0.0;
        return alternative switch
        {
            Alternative.TwoSided => Normal.TwoSided(z),
            Alternative.Less => Normal.Cdf(z),
            _ => Normal.SurvivalFunction(z),
        };
    }

    private static double Combine(double atMost, double atLeast, Alternative alternative) =>
        alternative switch
        {
            Alternative.TwoSided => Math.Min(1.0, 2.0 * Math.Min(atMost, atLeast)),
            Alternative.Less => atMost,
            _ => atLeast,
        };
}
