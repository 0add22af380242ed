using AlignBench.Statistics;

namespace AlignBench.Tests.Statistics;

public class MomentsTests
{
    // 1, 2, 3, 4: mean 2.5, Σ(x − x̄)² = 5.
    [Fact]
    public void Moments_FourNumbers_AreThoseWorkedOutByHand()
    {
        double[] x = [1, 2, 3, 4];

        Assert.Equal(2.5, Moments.Mean(x));
        Assert.Equal(5.0 / 3.0, Moments.Variance(x), 1e-15);
        Assert.Equal(5.0 / 4.0, Moments.Variance(x, ddof: 0), 1e-15);
        Assert.Equal(Math.Sqrt(5.0 / 12.0), Moments.StandardError(x), 1e-15);
        Assert.True(double.IsNaN(Moments.Variance([1.0])));
        Assert.True(double.IsNaN(Moments.Mean([])));
    }

    // Eight partial sums, added in pairs: 1e16 and its negative meet before the ones, which one running sum
    // would lose.
    [Fact]
    public void Mean_EightNumbers_AddsAsNumPyDoes()
    {
        Assert.Equal(4.0 / 8.0, Moments.Mean([1e16, -1e16, 1, 1, 1, 1, 0, 0]));
        Assert.Equal(0.0, Moments.Mean([1e16, 1, -1e16, 1, 0, 0, 0, 0]));
    }

    // Halves at 128: the error grows with the logarithm of n, not with n.
    [Fact]
    public void Mean_AMillionTenths_KeepsItsDigits()
    {
        double[] x = [.. Enumerable.Repeat(0.1, 1_000_003)];

        Assert.Equal(0.1, Moments.Mean(x), 1e-16);
    }

    [Theory]
    [InlineData(0.1, 7)]
    [InlineData(1e6 + (1.0 / 3.0), 50)]
    [InlineData(0.0, 5)]
    public void IsConstant_EqualValues_IsTrueWhateverTheRounding(double value, int n)
    {
        double[] x = [.. Enumerable.Repeat(value, n)];

        Assert.True(Moments.IsConstant(Moments.Mean(x), Moments.Variance(x, ddof: 0), n));
        x[0] += 1e-9 + (1e-9 * value);
        Assert.False(Moments.IsConstant(Moments.Mean(x), Moments.Variance(x, ddof: 0), n));
    }
}
