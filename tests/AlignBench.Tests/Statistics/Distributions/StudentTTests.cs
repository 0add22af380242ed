using System.Text.Json;
using AlignBench.Statistics.Distributions;

namespace AlignBench.Tests.Statistics.Distributions;

public class StudentTTests
{
    private static readonly JsonElement s_golden = GoldenJson.Load("stats", "distributions.json");

    [Fact]
    public void Tails_AgreeWithSixtyDigits()
    {
        foreach (JsonElement row in s_golden.GetProperty("t_sf").EnumerateArray())
        {
            double df = row.Number("df");
            double t = row.Number("t");
            string what = $"df {df}, t {t}";

            GoldenJson.Close(row.Number("sf"), StudentT.SurvivalFunction(t, df), 1e-13, what);
            GoldenJson.Close(row.Number("two_sided"), StudentT.TwoSided(t, df), 1e-13, what);
            GoldenJson.Close(1.0 - row.Number("sf"), StudentT.SurvivalFunction(-t, df), 1e-13, what);
        }
    }

    [Fact]
    public void Quantile_AgreesWithSixtyDigits()
    {
        foreach (JsonElement row in s_golden.GetProperty("t_quantile").EnumerateArray())
        {
            double df = row.Number("df");
            double q = row.Number("q");

            // The nearest double to q = .9995 leaves 1 - q right to 1e-13.
            GoldenJson.Close(row.Number("t"), StudentT.Quantile(q, df), 2e-13, $"df {df}, q {q}");
        }
    }

    [Fact]
    public void TwoSided_GivesThePublishedPValues()
    {
        foreach (JsonElement row in GoldenJson.Load("stats", "paper_t.json").EnumerateArray())
        {
            double t = row.Number("t");
            double df = row.Number("df");

            GoldenJson.Close(row.Number("p_two_sided"), StudentT.TwoSided(t, df), 1e-13, $"t {t}");
            GoldenJson.Close(row.Number("p_one_sided"), StudentT.SurvivalFunction(t, df), 1e-13, $"t {t}");
        }
    }

    // df = 2: sf(t) = 1/2 − t / (2 √(2 + t²)) = 1 / (√(2+t²) (√(2+t²) + t)), about 1 / (2 t²) for large t.
    [Theory]
    [InlineData(1e-12)]
    [InlineData(0.3)]
    [InlineData(5.0)]
    [InlineData(1e9)]
    [InlineData(1e150)]
    public void SurvivalFunction_TwoDegrees_IsTheClosedForm(double t)
    {
        double root = Math.Sqrt(2.0 + (t * t));

        GoldenJson.Close(1.0 / root / (root + t), StudentT.SurvivalFunction(t, 2.0), 1e-14, $"t {t}");
    }

    // df = 1: two-sided p is 1 − (2/π) atan t = (2/π) atan(1/t).
    [Theory]
    [InlineData(1e-6)]
    [InlineData(2.0)]
    [InlineData(1e12)]
    [InlineData(1e200)]
    public void TwoSided_OneDegree_IsTheArctangent(double t)
    {
        GoldenJson.Close(2.0 / Math.PI * Math.Atan(1.0 / t), StudentT.TwoSided(t, 1.0), 1e-14, $"t {t}");
    }

    [Theory]
    [InlineData(7.0, 19.8225, -6.682196430)]
    [InlineData(7.0, 0.0, 0.0)]
    public void Log10TwoSided_WherePIsADouble_IsItsLogarithm(double df, double t, double expected)
    {
        Assert.Equal(expected, StudentT.Log10TwoSided(t, df), 1e-8);
        Assert.Equal(Math.Log10(StudentT.TwoSided(t, df)), StudentT.Log10TwoSided(t, df), 1e-13);
    }

    // Far out sf(t) ~ C(ν) t^−ν: ten times the t takes exactly ν from the decimal logarithm.
    [Fact]
    public void Log10TwoSided_BelowTheSmallestDouble_FallsByNuPerDecade()
    {
        double near = StudentT.Log10TwoSided(1e60, 7.0);
        double far = StudentT.Log10TwoSided(1e61, 7.0);

        Assert.Equal(0.0, StudentT.TwoSided(1e61, 7.0));
        Assert.Equal(7.0, near - far, 1e-10);
    }

    [Theory]
    [InlineData(0.4999)]
    [InlineData(0.05)]
    [InlineData(1e-20)]
    [InlineData(1e-300)]
    public void UpperQuantile_UndoesSurvivalFunction(double p)
    {
        foreach (double df in new[] { 1.0, 2.5, 7.0, 30.0, 999.0 })
        {
            // A quantile off by its last bit moves p by about df ulp of t.
            double back = StudentT.SurvivalFunction(StudentT.UpperQuantile(p, df), df);
            GoldenJson.Close(p, back, (2e-13 * df) + 1e-12, $"p {p}, df {df}");
        }
    }

    [Fact]
    public void OutsideTheDomain_IsNaN()
    {
        Assert.True(double.IsNaN(StudentT.TwoSided(double.NaN, 7.0)));
        Assert.True(double.IsNaN(StudentT.SurvivalFunction(1.0, 0.0)));
        Assert.True(double.IsNaN(StudentT.Quantile(1.5, 7.0)));
        Assert.Equal(0.0, StudentT.TwoSided(double.PositiveInfinity, 7.0));
        Assert.Equal(double.PositiveInfinity, StudentT.Quantile(1.0, 7.0));
    }
}
