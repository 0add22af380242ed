using AlignBench.Statistics;
using AlignBench.Statistics.Generators;

namespace AlignBench.Similarity;

/// <summary>What a score would be if the items of the two sets belonged together by chance only.</summary>
/// <param name="Observed">The score of the true pairing.</param>
/// <param name="Scores">[permutations], the same where items are paired at random.</param>
/// <param name="Maximum">The score of equal spaces.</param>
public sealed record SimilarityNull(double Observed, double[] Scores, double Maximum = 1.0)
{
    /// <summary>
    /// (1 + shuffled scores at least as high) / (1 + permutations): never 0 (Phipson and Smyth 2010).
    /// </summary>
    public double PValue => (1.0 + Scores.Count(score => score >= Observed)) / (1.0 + Scores.Length);

    public double Mean => Moments.Mean(Scores);

    /// <summary>Sample standard deviation (n − 1).</summary>
    public double StandardDeviation => Moments.StandardDeviation(Scores);

    /// <summary>(score − mean of the shuffled) / (maximum − that mean): 0 by chance, 1 for equal spaces.</summary>
    public double Calibrated => (Observed - Mean) / (Maximum - Mean);

    /// <summary>Scores random pairings.</summary>
    /// <param name="x">The first side.</param>
    /// <param name="y">The second side.</param>
    /// <param name="permutations">1 or more; the smallest p value possible is 1 / (1 + permutations).</param>
    /// <param name="seed">Of <see cref="NumPyRandom"/>; pairing i is the i-th permutation it draws.</param>
    /// <param name="maximum">The score of equal spaces.</param>
    /// <param name="cancellation">Looked at between pairings.</param>
    public static SimilarityNull Draw(
        MetricSide x,
        MetricSide y,
        int permutations,
        uint seed,
        double maximum = 1.0,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfLessThan(permutations, 1);
        NumPyRandom random = new(seed);
        double[] scores = new double[permutations];
        for (int i = 0; i < permutations; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            scores[i] = x.Score(y, random.Permutation(x.Rows));
        }

        return new SimilarityNull(x.Score(y), scores, maximum);
    }
}
