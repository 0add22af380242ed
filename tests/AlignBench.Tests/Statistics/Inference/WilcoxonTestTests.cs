using System.Text.Json;
using AlignBench.Statistics.Inference;

namespace AlignBench.Tests.Statistics.Inference;

public class WilcoxonTestTests
{
    private static readonly JsonElement s_golden = GoldenJson.Load("stats", "nonparametric.json");

    private static readonly (string Key, Alternative Value)[] s_alternatives =
        [("two-sided", Alternative.TwoSided), ("less", Alternative.Less), ("greater", Alternative.Greater)];

    private static readonly Dictionary<string, WilcoxonMethod> s_methods = new()
    {
        ["auto"] = WilcoxonMethod.Auto,
        ["exact"] = WilcoxonMethod.Exact,
        ["asymptotic"] = WilcoxonMethod.Asymptotic,
        ["asymptotic+cc"] = WilcoxonMethod.AsymptoticCorrected,
    };

    private static readonly Dictionary<string, ZeroMethod> s_zeros = new()
    {
        ["wilcox"] = ZeroMethod.Wilcox,
        ["pratt"] = ZeroMethod.Pratt,
        ["zsplit"] = ZeroMethod.ZSplit,
    };

    public static TheoryData<string> Names =>
        [.. s_golden.EnumerateArray().Select(e => e.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Compare_AgreesWithScipy(string name)
    {
        JsonElement example = Case(name);
        double[] d = example.Numbers("d");
        foreach ((string key, Alternative alternative) in s_alternatives)
        {
            foreach (JsonProperty expected in example.GetProperty(key).EnumerateObject())
            {
                string[] parts = expected.Name.Split('.');
                WilcoxonTest test =
                    WilcoxonTest.Compare(d, s_methods[parts[0]], s_zeros[parts[1]], alternative);

                // Nothing but zeros: scipy answers 1, .0078 or NaN; here it is 1.
                double p = name == "all_zero_diff" ? 1.0 : expected.Value[1].Number();
                string what = $"{key} {expected.Name}";
                Assert.Equal(expected.Value[0].Number(), test.Statistic);
                GoldenJson.Close(p, test.PValue, parts[0].StartsWith('a') ? 1e-12 : 1e-13, what);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SignFlips_AreCountedAsByHand(string name)
    {
        JsonElement example = Case(name);
        if (!example.TryGetProperty("sign_flip", out JsonElement expected))
        {
            return;
        }

        SignFlipTest test = SignFlipTest.Count(example.Numbers("d"));

        Assert.Equal(expected.GetProperty("count").GetInt64(), test.Patterns);
        Assert.Equal(expected.GetProperty("n_abs_ge").GetInt64(), test.AtLeastAsFar);
        Assert.Equal(expected.GetProperty("n_ge").GetInt64(), test.AtLeast);
        Assert.Equal(expected.GetProperty("n_le").GetInt64(), test.AtMost);
        Assert.Equal(expected.Number("p_two_sided"), test.PValue());
        Assert.Equal(expected.Number("p_greater"), test.PValue(Alternative.Greater));
        Assert.Equal(expected.Number("p_less"), test.PValue(Alternative.Less));
    }

    // 1, 2, …, 30, all positive: only the observed pattern reaches the sum, only its mirror image the
    // negative one.
    [Fact]
    public void SignFlips_ThirtyDifferences_AreAllCounted()
    {
        SignFlipTest test = SignFlipTest.Count([.. Enumerable.Range(1, 30).Select(i => (double)i)]);

        Assert.Equal(2L, test.AtLeastAsFar);
        Assert.Equal(1L, test.AtLeast);
        Assert.Equal(1L << 30, test.AtMost);
    }

    [Fact]
    public void Compare_NothingOrNotANumber_Throws()
    {
        Assert.Throws<ArgumentException>(() => WilcoxonTest.Compare([]));
        Assert.Throws<ArgumentException>(() => WilcoxonTest.Compare([1.0, double.NaN]));
        Assert.Throws<ArgumentException>(() => SignFlipTest.Count([]));
    }

    private static JsonElement Case(string name) =>
        s_golden.EnumerateArray().Single(e => e.GetProperty("name").GetString() == name);
}
