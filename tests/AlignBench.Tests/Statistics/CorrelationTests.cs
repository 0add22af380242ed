using System.Text.Json;
using AlignBench.Statistics;

namespace AlignBench.Tests.Statistics;

public class CorrelationTests
{
    private static readonly JsonElement s_golden = GoldenJson.Load("stats", "correlation.json");

    public static TheoryData<string> Names =>
        [.. s_golden.EnumerateArray().Select(e => e.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void All_AgreeWithScipy(string name)
    {
        JsonElement example =
            s_golden.EnumerateArray().Single(e => e.GetProperty("name").GetString() == name);
        double[] x = example.Numbers("x");
        double[] y = example.Numbers("y");

        // Values that differ in their last digits only: the rounding of the mean decides the fifth digit of 1
        // - r.
        double tolerance = name == "nearly_constant" ? 1e-9 : 1e-12;
        Correlation pearson = Correlation.Pearson(x, y);
        Check(example.Numbers("pearson"), pearson, tolerance, "pearson");
        Check(example.Numbers("spearman"), Correlation.Spearman(x, y), 1e-12, "spearman");
        Check(example.Numbers("kendall_tau_b"), KendallTau.Of(x, y), 1e-12, "kendall");
        if (example.TryGetProperty("pearson_ci95_fisher", out _))
        {
            Interval interval = Correlation.PearsonInterval(pearson.Coefficient, x.Length);
            GoldenJson.Close(example.Numbers("pearson_ci95_fisher")[0], interval.Low, tolerance, "low");
            GoldenJson.Close(example.Numbers("pearson_ci95_fisher")[1], interval.High, tolerance, "high");
        }

        if (example.TryGetProperty("rank_x", out _))
        {
            Assert.Equal(example.Numbers("rank_x"), Ranks.Average(x));
            Assert.Equal(example.Numbers("rank_y"), Ranks.Average(y));
        }
    }

    // Four items: 1, 3, 5, 6, 5, 3, 1 of 24 orders have 0 ... 6 inversions. One inversion: 2 (1 + 3) / 24 =
    // 1/3.
    [Fact]
    public void Kendall_FourItemsOneInversion_IsTheCountWorkedOutByHand()
    {
        Correlation tau = KendallTau.Of([1, 2, 3, 4], [1, 2, 4, 3]);

        Assert.Equal(4.0 / 6.0, tau.Coefficient, 1e-15);
        Assert.Equal(1.0 / 3.0, tau.PValue, 1e-15);
    }

    [Fact]
    public void PearsonInterval_ThreePoints_KnowsNothing()
    {
        Assert.Equal(new Interval(-1.0, 1.0), Correlation.PearsonInterval(0.5, 3));
    }

    private static void Check(double[] expected, Correlation actual, double tolerance, string what)
    {
        GoldenJson.Close(expected[0], actual.Coefficient, tolerance, what);
        if (expected[1] == 0.0)
        {
            Assert.InRange(actual.PValue, 0.0, 1e-15);      // of an r that is 1, or one bit below
        }
        else
        {
            // p of an r near 1 moves by df / (1 - r²) times r's own rounding.
            double r = actual.Coefficient;
            double slack = Math.Max(tolerance, 3e-15 / Math.Max(1e-12, 1.0 - (r * r)));
            GoldenJson.Close(expected[1], actual.PValue, slack, $"{what} p");
        }
    }
}
