using System.Text.Json;
using AlignBench.Regression.Folds;
using AlignBench.Tests.Statistics;

namespace AlignBench.Tests.Regression.Folds;

public class GroupKFoldTests
{
    private static readonly JsonElement s_golden =
        GoldenJson.Load("ridge", "folds.json").GetProperty("group_kfold");

    [Fact]
    public void Balanced_CutsAsScikitLearn() => Compare("plain", (groups, splits, _) =>
        GroupKFold.Balanced(groups, splits, Comparer<int>.Default));

    [Fact]
    public void Shuffled_CutsAsScikitLearn() => Compare("shuffled", (groups, splits, seed) =>
        GroupKFold.Shuffled(groups, splits, seed, Comparer<int>.Default));

    [Fact]
    public void CountTrainedGroups_CountsTestRowsWithACopyInTraining()
    {
        string[] groups = ["a", "a", "b", "b", "c", "c"];

        // Test sets {0, 1}, {2, 3}, {4, 5} keep groups together; {0, 3}, {1, 4}, {2, 5} split every one.
        Assert.Equal(0, GroupKFold.CountTrainedGroups(groups, KFold.Consecutive(6, 3)));
        int[][] tests = [[0, 3], [1, 4], [2, 5]];
        Fold[] split = [.. tests.Select(test => KFold.FromTestRows(6, test))];
        Assert.Equal(6, GroupKFold.CountTrainedGroups(groups, split));
        Fold[] whole = GroupKFold.Balanced(groups, 3, StringComparer.Ordinal);
        Assert.Equal(0, GroupKFold.CountTrainedGroups(groups, whole));
    }

    // Inner folds are cut from the training rows' own labels, so groups stay whole in them too.
    [Fact]
    public void Nested_KeepsGroupsTogetherInOuterAndInnerFolds()
    {
        int[] groups = [.. Enumerable.Range(0, 60).Select(i => i % 12)];

        Fold[] folds = GroupKFold.Nested(groups, splits: 3, innerSplits: 4, Comparer<int>.Default);

        Assert.Equal(0, GroupKFold.CountTrainedGroups(groups, folds));
        Assert.All(folds, fold =>
        {
            int[] trained = [.. fold.Train.Select(row => groups[row])];
            Assert.Equal(0, GroupKFold.CountTrainedGroups(trained, fold.Inner!));
            Assert.Equal(Enumerable.Range(0, 40), fold.Inner!.SelectMany(inner => inner.Test).Order());
        });
    }

    [Fact]
    public void Balanced_FewerGroupsThanFolds_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => GroupKFold.Balanced(["a", "a", "b"], 3, StringComparer.Ordinal));
    }

    private static void Compare(string kind, Func<int[], int, uint, Fold[]> cut)
    {
        foreach (JsonElement example in s_golden.EnumerateArray())
        {
            int[] groups = example.GetProperty("groups").Integers();
            int splits = example.GetProperty("n_splits").GetInt32();
            Fold[] folds = cut(groups, splits, example.GetProperty("shuffle_seed").GetUInt32());

            JsonElement expected = example.GetProperty(kind);
            Assert.Equal(
                expected.EnumerateArray().Select(e => e.Integers()), folds.Select(fold => fold.Test));
        }
    }
}
