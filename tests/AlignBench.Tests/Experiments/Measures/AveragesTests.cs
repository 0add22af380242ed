using AlignBench.Data;
using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;

namespace AlignBench.Tests.Experiments.Measures;

public class AveragesTests
{
    private static readonly Item[] s_units = [.. Enumerable.Range(0, 7).Select(i => new Item { Id = $"{i}", Group = $"{i}" })];

    private static readonly Averages s_captions = new(s_units, ofCaptions: true, upTo: 4, seed: 1);

    [Fact]
    public void Subsets_All_AreEveryChoiceOfTheSamePlacesOnce()
    {
        Condition[] pairs = [.. s_captions.Subsets(2, "all")];

        Assert.Equal(["1,2", "1,3", "1,4", "2,3", "2,4", "3,4"], pairs.Select(pair => pair.Name).Order());
        Assert.All(pairs, pair => Assert.Equal(1, pair.Weight));
        Assert.Equal(["6#1", "6#3"], pairs.Single(pair => pair.Name == "2,4").Captions[6]);
        Assert.Same(s_captions.First(2).Captions, pairs.Single(pair => pair.Name == "1,2").Captions);
        Assert.Same(s_captions.First(2).Images, pairs[0].Images);
    }

    // Heads of random orders, counted: of 200 orders each of the four places is the first about 50 times.
    [Fact]
    public void Subsets_OfOrders_AreWeighedByHowOftenTheyAreTheHead()
    {
        Condition[] heads = [.. s_captions.Subsets(1, "200")];

        Assert.Equal(200, heads.Sum(head => head.Weight));
        Assert.Equal(4, heads.Length);
        Assert.All(heads, head => Assert.InRange(head.Weight, 30, 70));
        Assert.Equal([200], s_captions.Subsets(4, "200").Select(head => head.Weight));
    }

    [Fact]
    public void Unrelated_TakesTheOwnFirstAndOneOfEachOfKMinusOneOthers()
    {
        Condition unrelated = s_captions.Unrelated(4);

        for (int unit = 0; unit < s_units.Length; unit++)
        {
            Assert.Equal($"{unit}#0", unrelated.Captions[unit][0]);
            Assert.Distinct(unrelated.Captions[unit]);
            Assert.All(unrelated.Captions[unit], entry => Assert.EndsWith("#0", entry, StringComparison.Ordinal));
        }

        // Every caption is in as many averages, so none weighs more than another.
        Assert.All(unrelated.Captions.SelectMany(entries => entries).CountBy(entry => entry), use => Assert.Equal(4, use.Value));
        Assert.Equal(s_captions.Unrelated(1).Captions, s_captions.First(1).Captions);
    }

    [Fact]
    public void Images_AreAveragedAgainstTheFirstCaption()
    {
        Condition three = new Averages(s_units, ofCaptions: false, upTo: 4, seed: 1).First(3);

        Assert.Equal(["2#0", "2#1", "2#2"], three.Images[2]);
        Assert.Equal(["2#0"], three.Captions[2]);
        Assert.Equal((3, 1, 3), (three.ImagesAveraged, three.CaptionsAveraged, Averages.Count(three)));
    }
}
