using System.Text.Json;
using AlignBench.Statistics.Inference;

namespace AlignBench.Tests.Statistics.Inference;

public class MultipleComparisonsTests
{
    [Fact]
    public void All_AgreeWithScipyAndStatsmodels()
    {
        JsonElement golden = GoldenJson.Load("stats", "multiple_comparisons.json");
        foreach (JsonElement example in golden.EnumerateArray())
        {
            double[] p = example.Numbers("p");
            Check(example, "bh", MultipleComparisons.BenjaminiHochberg(p));
            Check(example, "by", MultipleComparisons.BenjaminiYekutieli(p));
            Check(example, "holm", MultipleComparisons.Holm(p));
            Check(example, "bonferroni", MultipleComparisons.Bonferroni(p));
        }
    }

    // p = .01, .04, .03: Holm gives .03, then max(.03, .06) and max(.06, .04); Hochberg's order has .03, .04,
    // .04.
    [Fact]
    public void Holm_ThreeValues_AreThoseWorkedOutByHand()
    {
        Assert.Equal([0.03, 0.06, 0.06], MultipleComparisons.Holm([0.01, 0.04, 0.03]));
    }

    [Fact]
    public void All_NotAProbability_Throw()
    {
        Assert.Throws<ArgumentException>(() => MultipleComparisons.Holm([0.1, double.NaN]));
        Assert.Throws<ArgumentException>(() => MultipleComparisons.BenjaminiHochberg([1.5]));
    }

    private static void Check(JsonElement example, string key, double[] actual)
    {
        double[] expected = example.Numbers(key);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            GoldenJson.Close(expected[i], actual[i], 1e-14, $"{example.GetProperty("name")} {key} {i}");
        }
    }
}
