using System.Text.Json;
using AlignBench.Statistics;
using AlignBench.Statistics.Distributions;
using AlignBench.Statistics.Inference;

namespace AlignBench.Tests.Statistics.Inference;

public class PairedTTestTests
{
    private static readonly JsonElement s_golden = GoldenJson.Load("stats", "ttest.json");

    private static readonly (string Key, Alternative Alternative)[] s_alternatives =
        [("two-sided", Alternative.TwoSided), ("less", Alternative.Less), ("greater", Alternative.Greater)];

    public static TheoryData<string> Names => [.. s_golden.GetProperty("ttest_rel").EnumerateArray()
        .Select(e => e.GetProperty("name").GetString()!)];

    // 1e-12: stated for t, p and intervals of these cases.
    [Theory]
    [MemberData(nameof(Names))]
    public void Compare_AgreesWithScipy(string name)
    {
        JsonElement example = Case(name);
        PairedTTest test = PairedTTest.Compare(example.Numbers("a"), example.Numbers("b"));

        GoldenJson.Close(example.Number("mean_diff"), test.MeanDifference, 1e-12, "mean_diff");
        GoldenJson.Close(example.Number("sd_diff"), test.StandardDeviation, 1e-12, "sd_diff");
        GoldenJson.Close(example.Number("sem_diff"), test.StandardError, 1e-12, "sem_diff");
        GoldenJson.Close(example.Number("cohen_dz"), test.CohenDz, 1e-12, "cohen_dz");
        if (example.TryGetProperty("hedges_gz", out JsonElement gz))
        {
            GoldenJson.Close(gz.Number(), test.HedgesGz, 1e-12, "hedges_gz");
            GoldenJson.Close(example.Number("cohen_dav"), test.CohenDav, 1e-12, "cohen_dav");
        }

        foreach ((string key, Alternative alternative) in s_alternatives)
        {
            JsonElement expected = example.GetProperty($"ttest_rel.{key}");
            GoldenJson.Close(expected.Number("t"), test.T, 1e-12, $"{key} t");
            GoldenJson.Close(expected.Number("df"), test.DegreesOfFreedom, 0.0, $"{key} df");
            GoldenJson.Close(expected.Number("p"), test.PValue(alternative), 1e-12, $"{key} p");
            foreach ((string level, double coverage) in new[] { ("ci95", 0.95), ("ci99", 0.99) })
            {
                Interval interval = test.ConfidenceInterval(coverage, alternative);
                GoldenJson.Close(expected.Numbers(level)[0], interval.Low, 1e-12, $"{key} {level} low");
                GoldenJson.Close(expected.Numbers(level)[1], interval.High, 1e-12, $"{key} {level} high");
            }
        }
    }

    [Fact]
    public void TwoSided_OfThePrintedT_AgreesWithSixtyDigits()
    {
        foreach (JsonElement example in s_golden.GetProperty("ttest_rel").EnumerateArray())
        {
            if (example.TryGetProperty("p_two_sided_from_this_t_60_digits", out JsonElement p))
            {
                JsonElement printed = example.GetProperty("ttest_rel.two-sided");
                double actual = StudentT.TwoSided(printed.Number("t"), printed.Number("df"));
                GoldenJson.Close(p.Number(), actual, 1e-13, example.GetProperty("name").GetString()!);
            }
        }
    }

    [Theory]
    [InlineData("equal_diff_exact", true)]
    [InlineData("equal_diff_rounded", true)]
    [InlineData("all_zero_diff", true)]
    [InlineData("huge_t", false)]
    [InlineData("tiny_p", false)]
    [InlineData("offset_1e8", false)]
    [InlineData("scale_1e-9", false)]
    [InlineData("has_nan", false)]
    [InlineData("n1", false)]
    public void DifferencesAreEqual_OnlyWhereTheyDifferByRounding(string name, bool expected)
    {
        JsonElement example = Case(name);
        PairedTTest test = PairedTTest.Compare(example.Numbers("a"), example.Numbers("b"));

        Assert.Equal(expected, test.DifferencesAreEqual);
    }

    [Fact]
    public void OneSample_AgreesWithScipy()
    {
        foreach (JsonElement example in s_golden.GetProperty("ttest_1samp").EnumerateArray())
        {
            string name = example.GetProperty("name").GetString()!;
            TTest test = TTest.OneSample(example.Numbers("x"), example.Number("popmean"));

            GoldenJson.Close(example.Number("t"), test.T, 1e-12, name);
            GoldenJson.Close(example.Number("p"), test.PValue(), 1e-12, name);
            GoldenJson.Close(example.Number("sem"), test.StandardError, 1e-12, name);
            GoldenJson.Close(example.Numbers("ci95")[0], test.ConfidenceInterval().Low, 1e-12, name);
            GoldenJson.Close(example.Numbers("ci95")[1], test.ConfidenceInterval().High, 1e-12, name);
        }
    }

    [Fact]
    public void Compare_UnequalCounts_Throws()
    {
        Assert.Throws<ArgumentException>(() => PairedTTest.Compare([1.0, 2.0], [1.0]));
        Assert.Throws<ArgumentException>(() => PairedTTest.Compare([], []));
    }

    private static JsonElement Case(string name) => s_golden.GetProperty("ttest_rel").EnumerateArray()
        .Single(e => e.GetProperty("name").GetString() == name);
}
