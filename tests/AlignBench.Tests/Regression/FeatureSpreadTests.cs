using AlignBench.Features;
using AlignBench.Regression;

namespace AlignBench.Tests.Regression;

public class FeatureSpreadTests
{
    // Columns of +-1, orthogonal and of mean 0: four equal singular values, so every rank is 4 and each variance 1.
    [Fact]
    public void Of_EqualOrthogonalColumns_HasTheirNumberAsRank()
    {
        FeatureSpread spread = FeatureSpread.Of(Signs([1, 1, 1, 1]));

        Assert.Equal(4.0, spread.TotalVariance, 1e-12);
        Assert.Equal(4.0, spread.EffectiveRank, 1e-12);
        Assert.Equal(4.0, spread.ParticipationRatio, 1e-12);
    }

    // Singular values as 3 : 1: p = 3/4, 1/4, exp(H) = 4 / 3^(3/4); eigenvalues as 9 : 1: (9 + 1)^2 / (81 + 1).
    [Fact]
    public void Of_TwoUnequalColumns_IsWhatTheFormulasSay()
    {
        FeatureSpread spread = FeatureSpread.Of(Signs([3, 1]));

        Assert.Equal(10.0, spread.TotalVariance, 1e-12);
        Assert.Equal(4.0 / Math.Pow(3.0, 0.75), spread.EffectiveRank, 1e-12);
        Assert.Equal(100.0 / 82.0, spread.ParticipationRatio, 1e-12);
    }

    [Fact]
    public void Of_MoreColumnsThanRows_IsTheSameAsOfTheTransposedSpectrum()
    {
        FeatureMatrix narrow = Signs([3, 1]);
        double[] wide = new double[8 * 20];
        for (int i = 0; i < 8; i++)
        {
            narrow.Row(i).CopyTo(wide.AsSpan(i * 20));            // 18 constant columns
        }

        FeatureSpread spread = FeatureSpread.Of(new FeatureMatrix(8, 20, wide));

        Assert.Equal(FeatureSpread.Of(narrow).EffectiveRank, spread.EffectiveRank, 1e-12);
        Assert.Equal(10.0, spread.TotalVariance, 1e-12);
        Assert.Equal(10.0, FeatureSpread.TotalOf(new FeatureMatrix(8, 20, wide)), 1e-12);
    }

    // k independent averages of variance 1 in d directions: variance 1 / k in each, ranks as before.
    [Fact]
    public void Of_ScaledFeatures_KeepsTheRanks()
    {
        FeatureSpread spread = FeatureSpread.Of(Signs([0.5, 0.5, 0.5, 0.5]));

        Assert.Equal(1.0, spread.TotalVariance, 1e-12);
        Assert.Equal(4.0, spread.EffectiveRank, 1e-12);
    }

    [Fact]
    public void Of_ConstantFeatures_HasNoRank() =>
        Assert.True(double.IsNaN(FeatureSpread.Of(new FeatureMatrix(3, 2, [1, 2, 1, 2, 1, 2])).EffectiveRank));

    // [8, columns]: column j is scale_j times the j-th of Hadamard's columns behind the ones.
    private static FeatureMatrix Signs(double[] scales) => new(
        8,
        scales.Length,
        [
            .. from row in Enumerable.Range(0, 8)
               from column in Enumerable.Range(0, scales.Length)
               select scales[column] * (int.PopCount(row & (column + 1)) % 2 == 0 ? 1.0 : -1.0),
        ]);
}
