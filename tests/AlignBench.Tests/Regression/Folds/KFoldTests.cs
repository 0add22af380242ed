using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlignBench.Regression.Folds;
using AlignBench.Tests.Statistics;

namespace AlignBench.Tests.Regression.Folds;

public class KFoldTests
{
    [Fact]
    public void Shuffled_CutsAsScikitLearn()
    {
        JsonElement golden = GoldenJson.Load("ridge", "folds.json").GetProperty("kfold_test_sets");
        foreach (JsonProperty example in golden.EnumerateObject())
        {
            Match name = Regex.Match(example.Name, @"^seed(\d+)_n(\d+)_k(\d+)$");
            int Number(int group) => int.Parse(name.Groups[group].Value, CultureInfo.InvariantCulture);
            Fold[] folds = KFold.Shuffled(Number(2), Number(3), (uint)Number(1));

            Assert.Equal(example.Value.EnumerateArray().Select(e => e.Integers()), folds.Select(f => f.Test));
        }
    }

    [Fact]
    public void Consecutive_SevenRowsInThree_FirstRunIsOneLonger()
    {
        Fold[] folds = KFold.Consecutive(7, 3);

        Assert.Equal([[0, 1, 2], [3, 4], [5, 6]], folds.Select(f => f.Test));
        Assert.Equal([0, 1, 2, 5, 6], folds[1].Train);
    }

    [Fact]
    public void Shuffled_MoreFoldsThanRows_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => KFold.Shuffled(4, 5, 42));
    }
}
