using AlignBench.Experiments.Adapters;
using AlignBench.Statistics.Generators;

namespace AlignBench.Tests.Experiments.Adapters;

public class ItemBootstrapTests
{
    // The same items for both, drawn one by one.
    [Fact]
    public void Scores_AreThoseOfTheDrawnItems()
    {
        const uint seed = 11;
        int[][] shared = [[3, 0, 1, 2, 2], [0, 1, 1, 3, 0]];
        AlignmentShare[] shares =
            [.. shared.Select((counts, i) => new AlignmentShare("cosine", 3, $"{i}", double.NaN, counts))];
        using ItemBootstrap bootstrap = new(resamples: 4, seed);

        IReadOnlyDictionary<AlignmentShare, double[]> scores = bootstrap.Scores(shares);

        NumPyRandom random = new(seed);
        for (int b = 0; b < 4; b++)
        {
            long[] drawn = [.. Enumerable.Range(0, 5).Select(_ => (long)random.NextAtMost(4))];
            for (int s = 0; s < 2; s++)
            {
                Assert.Equal(drawn.Sum(item => shared[s][item]) / 15.0, scores[shares[s]][b], 1e-14);
            }
        }
    }
}
