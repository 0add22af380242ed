using AlignBench.Experiments;
using AlignBench.Reports.Runs;

namespace AlignBench.Tests.Experiments;

public sealed class ItemExtremesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Both directions count alike; other conditions and experiments, and what has no score, do not.
    [Fact]
    public void Of_FirstCondition_IsRankedByTheMeanOverDirections()
    {
        string rows = string.Concat(Enumerable.Range(0, 8).Select(i => FormattableString.Invariant(
            $"words,plain,high,language_to_vision,i{i},{0.1 * i},2\nwords,plain,high,vision_to_language,i{i},{(i == 0 ? 1.0 : 0.1 * i)},2\n")));
        _folder.Write("item_scores.csv", "experiment,folding,condition,direction,item,score,pairs\n" + rows
            + "words,plain,high,language_to_vision,none,NaN,2\nwords,plain,low,language_to_vision,i9,9.0,2\nother,plain,high,language_to_vision,i9,9.0,2\n");

        IReadOnlyList<(string Id, string Words)> extremes = ItemExtremes.Of(RunFolder.Read(_folder.Root), "words");

        Assert.Equal(["i7", "i6", "i0", "i3", "i2", "i1"], extremes.Select(item => item.Id));
        Assert.Equal("most predictable, r = 0.700", extremes[0].Words);
        Assert.Equal("least predictable, r = 0.100", extremes[^1].Words);
    }

    [Fact]
    public void Of_ARunWithoutTheTable_IsNothing()
    {
        _folder.Write("curves.csv", "k\n1\n");

        Assert.Empty(ItemExtremes.Of(RunFolder.Read(_folder.Root), "words"));
    }
}
