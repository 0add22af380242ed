using System.Text.Json;
using AlignBench.Statistics.Distributions;

namespace AlignBench.Tests.Statistics.Distributions;

public class NormalTests
{
    private static readonly JsonElement s_golden = GoldenJson.Load("stats", "distributions.json");

    [Fact]
    public void Cdf_AgreesWithSixtyDigits()
    {
        foreach (JsonElement row in s_golden.GetProperty("normal_cdf").EnumerateArray())
        {
            double x = row.Number("x");

            GoldenJson.Close(row.Number("cdf"), Normal.Cdf(x), 1e-14, $"x {x}");
            GoldenJson.Close(row.Number("cdf"), Normal.SurvivalFunction(-x), 1e-14, $"x {x}");
        }
    }

    [Fact]
    public void Quantile_AgreesWithSixtyDigits()
    {
        foreach (JsonElement row in s_golden.GetProperty("normal_quantile").EnumerateArray())
        {
            double q = row.Number("q");

            GoldenJson.Close(row.Number("x"), Normal.Quantile(q), 1e-14, $"q {q}");
        }
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-30)]
    [InlineData(0.2)]
    [InlineData(0.9999)]
    public void Quantile_UndoesCdf(double q)
    {
        GoldenJson.Close(q, Normal.Cdf(Normal.Quantile(q)), 1e-11, $"q {q}");
    }

    // Mills' ratio by its continued fraction, sf = φ(x) / (x + 1/(x + 2/(x + 3/(x + …)))), from far inside.
    [Theory]
    [InlineData(3.0)]
    [InlineData(10.0)]
    [InlineData(29.9)]
    [InlineData(30.1)]
    [InlineData(36.0)]
    public void Tails_AreMillsRatio(double x)
    {
        double fraction = x;
        for (int k = 500; k >= 1; k--)
        {
            fraction = x + (k / fraction);
        }

        double log = ((-x * x / 2.0) - (Math.Log(2.0 * Math.PI) / 2.0) - Math.Log(fraction) + Math.Log(2.0))
            / Math.Log(10.0);
        Assert.Equal(log, Normal.Log10TwoSided(x), 1e-9);
        GoldenJson.Close(Math.Pow(10.0, log), Normal.TwoSided(-x), 1e-12, $"x {x}");
    }
}
