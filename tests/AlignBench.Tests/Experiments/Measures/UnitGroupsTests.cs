using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Features;

namespace AlignBench.Tests.Experiments.Measures;

public class UnitGroupsTests
{
    // Units 0 and 1 share a prompt; 1 and 2 an image's bytes (row 1); 3 and 4 a caption's text (row 3); 5 is alone.
    [Fact]
    public void Connect_SharedGroupImageOrCaption_JoinsDirectlyAndThroughOthers()
    {
        string[] groups = ["b", "b", "a", "d", "c", "e"];
        FeatureTable images = Table(("i0", 0), ("i1", 1), ("i2", 1), ("i3", 3), ("i4", 4), ("i5", 5));
        FeatureTable captions = Table(("c0", 0), ("c1", 1), ("c2", 2), ("c3", 3), ("c4", 3), ("c5", 5));
        Condition condition = new("x", Entries('i', 6), Entries('c', 6), groups);

        Assert.Equal(["a", "a", "a", "c", "c", "e"], UnitGroups.Connect([condition], images, captions));
    }

    [Fact]
    public void Connect_SeveralConditions_JoinsWhatAnyOfThemShares()
    {
        string[] groups = ["a", "b", "c"];
        FeatureTable images = Table(("i0", 0), ("i1", 1), ("i2", 2), ("j0", 7), ("j1", 8), ("j2", 7));
        FeatureTable captions = Table(("c0", 0), ("c1", 1), ("c2", 2));
        Condition first = new("first", Entries('i', 3), Entries('c', 3), groups);
        Condition second = first with { Name = "second", Images = Entries('j', 3) };

        Assert.Equal(groups, UnitGroups.Connect([first], images, captions));
        Assert.Equal(["a", "b", "a"], UnitGroups.Connect([first, second], images, captions));
    }

    private static string[][] Entries(char kind, int n) =>
        [.. Enumerable.Range(0, n).Select(i => (string[])[$"{kind}{i}"])];

    private static FeatureTable Table(params (string Id, int Row)[] rows) =>
        FeatureTable.Of(rows.ToDictionary(row => row.Id, row => row.Row), width: 1, new float[10]);
}
