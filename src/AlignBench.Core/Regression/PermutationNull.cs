using AlignBench.Features;
using AlignBench.Statistics.Generators;

namespace AlignBench.Regression;

/// <summary>What a score would be if the rows of X and Y belonged together by chance only.</summary>
/// <param name="Observed">The score of the true pairing, <see cref="PredictivityResult.MeanR"/>.</param>
/// <param name="Scores">[permutations], the same under shuffled pairings.</param>
public sealed record PermutationNull(double Observed, double[] Scores)
{
    /// <summary>
    /// (1 + shuffled scores at least as high) / (1 + permutations): never 0 (Phipson and Smyth 2010).
    /// </summary>
    public double PValue => (1.0 + Scores.Count(score => score >= Observed)) / (1.0 + Scores.Length);

    /// <summary>Scores shuffled pairings; the decompositions of X serve them all.</summary>
    /// <param name="x">The decomposed features.</param>
    /// <param name="y">[n, t], paired row for row.</param>
    /// <param name="permutations">1 or more; the smallest p value possible is 1 / (1 + permutations).</param>
    /// <param name="seed">Of <see cref="NumPyRandom"/>; permutation i is the i-th it draws.</param>
    /// <param name="cancellation">Looked at between folds.</param>
    /// <exception cref="ArgumentException">The row counts differ or a value is not finite.</exception>
    public static PermutationNull Draw(
        RidgeFolds x, FeatureMatrix y, int permutations, uint seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentOutOfRangeException.ThrowIfLessThan(permutations, 1);
        NumPyRandom random = new(seed);
        double observed = x.Score(y, cancellation).MeanR;
        double[] scores = new double[permutations];
        for (int i = 0; i < permutations; i++)
        {
            scores[i] = x.Score(y.SelectRows(random.Permutation(y.Rows)), cancellation).MeanR;
        }

        return new PermutationNull(observed, scores);
    }
}
