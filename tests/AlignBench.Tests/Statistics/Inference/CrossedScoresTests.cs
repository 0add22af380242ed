using AlignBench.Statistics;
using AlignBench.Statistics.Inference;

namespace AlignBench.Tests.Statistics.Inference;

public class CrossedScoresTests
{
    private static readonly CrossedScores s_scores =
        new(["v1", "v2"], ["l1", "l2", "l3"], [1, 2, 3, 5, 6, 7]);

    [Fact]
    public void Means_AreTakenOverEitherSide()
    {
        Assert.Equal([2.0, 6.0], s_scores.RowMeans());
        Assert.Equal([3.0, 4.0, 5.0], s_scores.ColumnMeans());
        Assert.Equal(4.0, s_scores.Mean);
        Assert.Equal(6.0, s_scores[1, 1]);
    }

    // Row effects ±2 and column effects −1, 0, 1: var = 4 / 2 + (2/3) / 3 when both are drawn independently.
    [Fact]
    public void ResampleModels_AdditiveEffects_HasTheVarianceWorkedOutByHand()
    {
        BootstrapDistribution bootstrap = s_scores.ResampleModels(20000, seed: 1);

        Assert.Equal(Math.Sqrt(2.0 + (2.0 / 9.0)), bootstrap.StandardError, 0.02);
        Assert.Equal(4.0, bootstrap.Observed);
    }

    [Fact]
    public void Minus_OtherModels_Throws()
    {
        CrossedScores other = new(["v1", "v3"], ["l1", "l2", "l3"], [1, 2, 3, 5, 6, 7]);

        Assert.Equal(0.0, s_scores.Minus(s_scores).Mean);
        Assert.Throws<ArgumentException>(() => s_scores.Minus(other));
        Assert.Throws<ArgumentException>(() => new CrossedScores(["a"], ["b"], [1.0, 2.0]));
    }
}
