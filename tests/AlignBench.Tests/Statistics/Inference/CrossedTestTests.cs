using AlignBench.Statistics.Distributions;
using AlignBench.Statistics.Generators;
using AlignBench.Statistics.Inference;

namespace AlignBench.Tests.Statistics.Inference;

public class CrossedTestTests
{
    // d_ij = 10 + a_i + b_j with a = -1, 1 and b = -3, 0, 3: no error, so Var(mean) = Var(a)/2 + Var(b)/3 = 1 + 3.
    // MS_rows = 3 * 2 = 6 (df 1), MS_columns = 2 * 9 = 18 (df 2): Satterthwaite df = 24^2 / (36/1 + 324/2).
    [Fact]
    public void Of_AdditiveScores_SeparatesTheTwoSides()
    {
        CrossedTest test = CrossedTest.Of(new CrossedScores(["a", "b"], ["x", "y", "z"], [6, 9, 12, 8, 11, 14]));

        Assert.Equal(10.0, test.Mean, 1e-14);
        Assert.Equal(2.0, test.StandardError, 1e-14);
        Assert.Equal(576.0 / 198.0, test.DegreesOfFreedom, 1e-13);
        Assert.Equal(5.0, test.T, 1e-14);
        Assert.Equal(StudentT.TwoSided(5.0, 576.0 / 198.0), test.PValue);
    }

    // Rows all alike and no error: only columns vary, and the test is the one-sample t over column means.
    [Fact]
    public void Of_ScoresThatDependOnColumnsAlone_IsTheTTestOverColumns()
    {
        CrossedScores scores = new(["a", "b"], ["x", "y", "z", "w"], [1, 4, 2, 5, 1, 4, 2, 5]);

        CrossedTest test = CrossedTest.Of(scores);

        TTest columns = TTest.OneSample(scores.ColumnMeans(), 0.0);
        Assert.Equal(columns.T, test.T, 1e-13);
        Assert.Equal(3.0, test.DegreesOfFreedom, 1e-13);
        Assert.Equal(columns.PValue(), test.PValue, 1e-13);
    }

    // Simulated worlds with independent a, b, e: the estimated variances average to the true one of the mean,
    // .09/2 + .04/4 + .01/8 (worlds with a negative estimate left out raise it by a little).
    [Fact]
    public void Of_ManyWorlds_EstimatesTheVarianceOfTheMean()
    {
        NumPyRandom random = new(11);
        double sum = 0.0;
        int worlds = 4000;
        int defined = 0;
        for (int world = 0; world < worlds; world++)
        {
            double[] a = [.. Enumerable.Range(0, 2).Select(_ => 0.3 * Gauss(random))];
            double[] b = [.. Enumerable.Range(0, 4).Select(_ => 0.2 * Gauss(random))];
            double[] values = [.. from i in a from j in b select 1.0 + i + j + (0.1 * Gauss(random))];
            double error = CrossedTest.Of(new CrossedScores(["a", "b"], ["w", "x", "y", "z"], values)).StandardError;
            sum += double.IsNaN(error) ? 0.0 : error * error;
            defined += double.IsNaN(error) ? 0 : 1;
        }

        Assert.Equal(0.05625, sum / worlds, 0.005);
        Assert.True(defined > 0.97 * worlds);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 1)]
    public void Of_OneModelOnASide_IsUndefined(int rows, int columns)
    {
        string[] names = ["a", "b", "c"];

        CrossedTest test = CrossedTest.Of(new CrossedScores(names[..rows], names[..columns], [1, 2, 3]));

        Assert.True(double.IsNaN(test.PValue));
        Assert.Equal(2.0, test.Mean, 1e-14);
    }

    private static double Gauss(NumPyRandom random) =>
        Math.Sqrt(-2.0 * Math.Log(1.0 - random.NextDouble())) * Math.Cos(2.0 * Math.PI * random.NextDouble());
}
