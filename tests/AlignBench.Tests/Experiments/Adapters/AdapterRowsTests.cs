using AlignBench.Experiments.Adapters;


namespace AlignBench.Tests.Experiments.Adapters;

public class AdapterRowsTests
{
    private static readonly EvaluationSettings s_settings = new() { TrainShare = 0.5, Split = "sequential", K = 1, KSweep = [] };

    // Items 0 to 3 are trained on; 5 has the group of 1 and 7 that of 3, so that 4 and 6 are left for validation.
    [Fact]
    public void Split_ItemsOfOneGroup_AreNeverOnBothSides()
    {
        AdapterRows rows = AdapterRows.Split(8, ["a", "b", "c", "d", "e", "b", "f", "d"], s_settings);

        Assert.Equal([0, 1, 2, 3], rows.Train);
        Assert.Equal([4, 6], rows.Validation);
        Assert.Equal([0, 1, 2, 3, 4, 6], rows.Named("all").Items);
    }

    [Fact]
    public void Split_TooFewItemsLeft_SaysHowMany()
    {
        DataException thrown = Assert.Throws<DataException>(
            () => AdapterRows.Split(4, ["a", "b", "a", "c"], s_settings));

        Assert.Contains("got 2 and 1", thrown.Message, StringComparison.Ordinal);
    }
}
