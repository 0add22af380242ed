using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlignBench.Statistics.Generators;

namespace AlignBench.Tests.Statistics.Generators;

public class NumPyRandomTests
{
    private static readonly JsonElement s_golden = GoldenJson.Load("ridge", "folds.json");

    [Fact]
    public void NextUInt32_IsTheGeneratorOfRandomState()
    {
        foreach (JsonProperty seed in s_golden.GetProperty("mt19937_first_u32").EnumerateObject())
        {
            NumPyRandom random = new(uint.Parse(seed.Name, CultureInfo.InvariantCulture));

            foreach (JsonElement output in seed.Value.EnumerateArray())
            {
                Assert.Equal(output.GetUInt32(), random.NextUInt32());
            }
        }
    }

    [Fact]
    public void Permutation_IsNumPys()
    {
        foreach (JsonProperty example in s_golden.GetProperty("permutation").EnumerateObject())
        {
            Match name = Regex.Match(example.Name, @"^seed(\d+)_n(\d+)$");
            uint seed = uint.Parse(name.Groups[1].Value, CultureInfo.InvariantCulture);
            int n = int.Parse(name.Groups[2].Value, CultureInfo.InvariantCulture);

            Assert.Equal(example.Value.Integers(), new NumPyRandom(seed).Permutation(n));
        }
    }

    // numpy.random.RandomState(42).random_sample(2): 0.3745401188473625, 0.9507143064099162.
    [Fact]
    public void NextDouble_IsRandomSample()
    {
        NumPyRandom random = new(42);

        Assert.Equal(0.3745401188473625, random.NextDouble());
        Assert.Equal(0.9507143064099162, random.NextDouble());
    }
}
