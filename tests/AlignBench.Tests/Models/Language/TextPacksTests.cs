using AlignBench.Models.Language;
using AlignBench.Nn;

namespace AlignBench.Tests.Models.Language;

public class TextPacksTests
{
    [Fact]
    public void Of_AnyLengths_HasEveryTextOnceInBatchesThatFit()
    {
        Random random = new(3);
        int[] lengths = [.. Enumerable.Range(0, 500).Select(_ => random.Next(1, 40)), 256, 300, 1000];

        int[][] packs = [.. TextPacks.Of(lengths)];

        Assert.Equal(Enumerable.Range(0, lengths.Length), packs.SelectMany(pack => pack).Order());
        Assert.All(
            packs, pack => Assert.True(pack.Length == 1 || pack.Sum(i => lengths[i]) <= TextPacks.Rows));
        Assert.Equal(packs.Length, packs.Select(pack => pack[0]).Distinct().Count());
        // Less than a caption's length of 256 rows is lost, but in the last batch.
        Assert.All(packs[3..^1], pack => Assert.True(pack.Sum(i => lengths[i]) > TextPacks.Rows - 40));
    }

    [Theory]
    [InlineData(1, 256)]
    [InlineData(256, 256)]
    [InlineData(257, 320)]
    [InlineData(1000, 1024)]
    public void RowsFor_Tokens_IsABatchOrTheNextStep(int tokens, int rows) =>
        Assert.Equal(rows, TextPacks.RowsFor(tokens));

    // Lengths 3, 3, 2, 1, 1: three runs.
    [Fact]
    public void Packing_EqualNeighbours_AreOneRun()
    {
        Packing packing = new([3, 3, 2, 1, 1], rows: 12);

        Assert.Equal([0, 3, 6, 8, 9, 10], packing.Offsets);
        Assert.Equal([new PackedRun(0, 2, 3), new(6, 1, 2), new(8, 2, 1)], packing.Runs);
        Assert.Equal((5, 10, 12), (packing.Texts, packing.Tokens, packing.Rows));
        Assert.Throws<ArgumentException>(() => new Packing([2, 0], 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Packing([2, 7], 8));
    }
}
