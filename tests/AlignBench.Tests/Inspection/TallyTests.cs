using AlignBench.Inspection;

namespace AlignBench.Tests.Inspection;

public class TallyTests
{
    // 1 2 2 9: sum 14.
    [Fact]
    public void FourNumbers_AreWhatIsWorkedOutByHand()
    {
        Tally tally = Of(9, 2, 1, 2);

        Assert.Equal((4, 1, 9, 2.0, 3.5), (tally.Count, tally.Min, tally.Max, tally.Median, tally.Mean));
        Assert.Equal(2.5, Of(1, 2, 3, 9).Median);
        Assert.Equal(2.0, Of(1, 2, 9).Median);
    }

    [Fact]
    public void Nothing_HasNoMiddle()
    {
        Tally tally = new();

        Assert.True(double.IsNaN(tally.Median) && double.IsNaN(tally.Mean));
        Assert.Empty(tally.Bins(3));
    }

    // 3 ... 21 in at most 5 bins: 5 wide they would be 0-4, 5-9, ... 20-24, which is 5.
    [Fact]
    public void Bins_HaveRoundWidthsAndKeepEmptyOnes() => Assert.Equal(
        [(0L, 4L, 1L), (5, 9, 0), (10, 14, 2), (15, 19, 0), (20, 24, 1)], Of(3, 10, 14, 21).Bins(5));

    [Fact]
    public void Bins_FewNumbers_AreOneEach() => Assert.Equal([(4L, 4L, 2L), (5, 5, 1)], Of(4, 5, 4).Bins(3));

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    public void Bins_OfAnything_AreFewAndCountAll(int most)
    {
        Random random = new(1);
        for (int i = 0; i < 200; i++)
        {
            Tally tally = Of([.. Enumerable.Range(0, 1 + random.Next(50)).Select(_ => random.NextInt64(1L << random.Next(1, 40)))]);

            IReadOnlyList<(long First, long Last, long Count)> bins = tally.Bins(most);

            Assert.InRange(bins.Count, 1, most);
            Assert.Equal(tally.Count, bins.Sum(bin => bin.Count));
            Assert.InRange(tally.Min, bins[0].First, bins[0].Last);
            Assert.InRange(tally.Max, bins[^1].First, bins[^1].Last);
        }
    }

    private static Tally Of(params long[] values)
    {
        Tally tally = new();
        foreach (long value in values)
        {
            tally.Add(value);
        }

        return tally;
    }
}
