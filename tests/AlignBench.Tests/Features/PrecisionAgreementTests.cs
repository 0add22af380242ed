using AlignBench.Features;

namespace AlignBench.Tests.Features;

public class PrecisionAgreementTests
{
    [Fact]
    public void Of_TwoVectors_HasMeanWorstAndLargestDifference()
    {
        PrecisionAgreement agreement = PrecisionAgreement.Of([[3, 4], [1, 1]], [[3, 4], [1, 0]]);

        double worst = 1 / Math.Sqrt(2);
        Assert.Equal(2, agreement.Contents);
        Assert.Equal((1 + worst) / 2, agreement.MeanCosine, 1e-12);
        Assert.Equal(worst, agreement.SmallestCosine, 1e-12);
        Assert.Equal(1, agreement.LargestDifference, 1e-12);
    }

    [Fact]
    public void Parse_WhatToJsonGave_IsTheSame()
    {
        PrecisionAgreement agreement = new(32, 0.9999, 0.999, 0.01);

        Assert.Equal(agreement, PrecisionAgreement.Parse(agreement.ToJson()));
        Assert.Contains("\"smallest_cosine\":0.999", agreement.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_EqualZeros_Agrees() =>
        Assert.Equal(new PrecisionAgreement(1, 1, 1, 0), PrecisionAgreement.Of([[0, 0]], [[0, 0]]));
}
