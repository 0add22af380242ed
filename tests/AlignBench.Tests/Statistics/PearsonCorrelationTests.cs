using System.Text.Json;
using AlignBench.Statistics;

namespace AlignBench.Tests.Statistics;

public class PearsonCorrelationTests
{
    [Fact]
    public void Of_ConstantColumns_IsUndefined()
    {
        foreach (JsonElement example in GoldenJson.Load("ridge", "constant_columns.json").EnumerateArray())
        {
            double[] prediction = example.Numbers("prediction");
            double[] target = example.Numbers("target");
            bool constant = example.GetProperty("prediction_is_constant").GetBoolean()
                || example.GetProperty("target_is_constant").GetBoolean();
            double r = PearsonCorrelation.Of(prediction, target);

            Assert.Equal(constant, double.IsNaN(r));
            Assert.Equal(
                example.GetProperty("target_is_constant").GetBoolean(),
                Moments.IsConstant(Moments.Mean(target), Moments.Variance(target, ddof: 0), target.Length));
            if (!constant)
            {
                // Values 5 +- 1e-9: the mean's rounding alone is 1e-7 of the spread squared.
                string what = example.GetProperty("case").GetString()!;
                GoldenJson.Close(example.Number("scipy_pearson"), r, 1e-11, what);
            }
        }
    }

    // x = 1, 2, 3, 4; y = 1, 3, 2, 4: Sxx = Syy = 5, Sxy = 4.
    [Fact]
    public void Of_FourPoints_IsTheValueWorkedOutByHand()
    {
        Assert.Equal(0.8, PearsonCorrelation.Of([1, 2, 3, 4], [1, 3, 2, 4]), 1e-15);
    }

    [Fact]
    public void Of_TinyValues_DoesNotUnderflow()
    {
        double r = PearsonCorrelation.Of([1e-160, 2e-160, 3e-160, 4e-160], [1e-160, 3e-160, 2e-160, 4e-160]);

        Assert.Equal(0.8, r, 1e-12);
    }
}
