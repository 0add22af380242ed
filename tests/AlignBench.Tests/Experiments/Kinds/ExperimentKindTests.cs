using AlignBench.Data;
using AlignBench.Experiments;
using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;

namespace AlignBench.Tests.Experiments.Kinds;

public class ExperimentKindTests
{
    [Fact]
    public void Preference_TiesAndRepeatedPrompts_FirstPerPromptKeepsOneUntiedPairEach()
    {
        ExperimentPlan plan = Preference(
            "first_per_prompt",
            Pair("1", "a cat", 0.5, 0.5),
            Pair("2", "a cat", 0, 1),
            Pair("3", "a cat", 1, 0),
            Pair("4", "a dog", 1, 0),
            Pair("5", "a cow", null, 1));

        Assert.Equal(["a cat", "a dog"], plan.Conditions[0].Groups);
        Assert.Equal(["2#1", "4#0"], plan.Conditions[0].Images.Select(entries => entries.Single()));
        Assert.Equal(["2#0", "4#1"], plan.Conditions[1].Images.Select(entries => entries.Single()));
        Assert.Equal(
            [("pairs", 5L), ("unlabelled", 1L), ("ties", 1L), ("without_ties", 3L), ("one_per_prompt", 2L), ("sampled", 2L)],
            plan.Counts.Select(count => (count.What, count.Count)));
    }

    [Fact]
    public void Preference_AllPairs_KeepsEveryUntiedPair()
    {
        ExperimentPlan plan = Preference("all", Pair("1", "a cat", 0, 1), Pair("2", "a cat", 1, 0));

        Assert.Equal(["a cat", "a cat"], plan.Conditions[0].Groups);
    }

    [Fact]
    public void Averaging_Captions_TakesTheFirstKOfItemsThatHaveThemAllByNumericId()
    {
        ExperimentPlan plan = Averaging(
            "captions",
            Item("10", images: 1, captions: 2),
            Item("9", images: 1, captions: 3),
            Item("8", images: 1, captions: 1));

        Assert.Equal(["9", "10"], plan.Conditions[0].Groups);
        Assert.Equal(["1", "2"], plan.Conditions.Select(condition => condition.Name));
        Assert.Equal(["9#0", "9#1"], plan.Conditions[1].Captions[0]);
        Assert.Equal(["10#0"], plan.Conditions[1].Images[1]);
        Assert.Same(plan.Conditions[0].Images, plan.Conditions[1].Images);
        Assert.Equal(("2", "1"), plan.Contrast);
    }

    [Fact]
    public void Averaging_Images_TakesTheFirstKImages()
    {
        ExperimentPlan plan = Averaging("images", Item("1", images: 2, captions: 1), Item("2", images: 1, captions: 1));

        Assert.Equal(["1#0", "1#1"], plan.Conditions[1].Images.Single());
        Assert.Equal(["1#0"], plan.Conditions[1].Captions.Single());
    }

    [Fact]
    public void Averaging_WithControls_ListsThemBesideTheFirstK()
    {
        ExperimentPlan plan = Plan(
            new ExperimentConfig
            {
                Name = "e",
                Kind = "averaging",
                Average = "captions",
                UpTo = 3,
                Data = s_data,
                Subsets = "all",
                Unrelated = true,
            },
            Study(),
            [.. Enumerable.Range(0, 5).Select(i => Item($"{i}", images: 1, captions: 3))]);

        Assert.Equal(["1", "2", "3"], plan.Main.Select(condition => condition.Name));
        Assert.Equal(3 + 3 + 1, plan.Conditions.Count(condition => condition.Series == Averages.SubsetSeries));
        Assert.Equal(3, plan.Conditions.Count(condition => condition.Series == Averages.UnrelatedSeries));
    }

    [Fact]
    public void Grid_CaptionsFromAnotherSet_AreJoinedByCaptionOrItemId()
    {
        Item[] photos =
        [
            Item("7", images: 1, captions: 2) with { Captions = [new Caption("30", "a"), new Caption("31", "b")] },
            Item("30", images: 1, captions: 2) with { Captions = [new Caption("40", "c"), new Caption("41", "d")] },
        ];
        Item[] pictures = [Item("30", images: 2, captions: 1), Item("99", images: 2, captions: 1)];
        ExperimentConfig experiment = new() { Name = "e", Kind = "grid", UpTo = 2, Data = s_data, CaptionsFrom = s_data };

        ExperimentPlan plan = ExperimentKind.Named("file", experiment).Plan(
            new PlanInput(Study(), experiment, new FakeDataset(), new DatasetItems(pictures, []))
            {
                Captions = new DatasetItems(photos, []),
            });

        Assert.Equal(["a", "b"], plan.Items.Single().Captions.Select(caption => caption.Text));
        Assert.Equal(["7"], plan.Conditions[0].Groups);
        Assert.Equal(["1x1", "1x2", "2x1", "2x2"], plan.Conditions.Select(condition => condition.Name));
        Assert.Equal(["30#0", "30#1"], plan.Conditions[2].Images.Single());
        Assert.Equal(["30#0"], plan.Conditions[2].Captions.Single());
        Assert.Same(plan.Conditions[0].Captions, plan.Conditions[2].Captions);
    }

    // numpy: RandomState(42).permutation(20)[:5] is 0 17 15 1 8.
    [Fact]
    public void Sample_IsTheHeadOfNumPysPermutationInAscendingOrder()
    {
        Item[] items = [.. Enumerable.Range(0, 20).Select(i => Item($"{i}", images: 1, captions: 2))];

        ExperimentPlan plan = Plan(
            new ExperimentConfig { Name = "e", Kind = "averaging", Average = "captions", UpTo = 2, Data = s_data },
            Study() with { Samples = 5, Seed = 42 },
            items);

        Assert.Equal(["0", "1", "8", "15", "17"], plan.Conditions[0].Groups);
    }

    private static readonly DataConfig s_data = new() { Format = "coco", Path = "none" };

    private static ExperimentPlan Preference(string pairs, params Item[] items) => Plan(
        new ExperimentConfig { Name = "e", Kind = "preference", Pairs = pairs, Data = s_data }, Study(), items);

    private static ExperimentPlan Averaging(string average, params Item[] items) => Plan(
        new ExperimentConfig { Name = "e", Kind = "averaging", Average = average, UpTo = 2, Data = s_data }, Study(), items);

    private static ExperimentPlan Plan(ExperimentConfig experiment, StudyConfig study, Item[] items) =>
        ExperimentKind.Named("file", experiment)
            .Plan(new PlanInput(study, experiment, new FakeDataset(), new DatasetItems(items, [])));

    private static StudyConfig Study() =>
        new() { Name = "s", Vision = ["v"], Language = ["l"], Experiments = [] };

    private static Item Pair(string id, string prompt, double? first, double? second) => new()
    {
        Id = id,
        Group = prompt,
        Images = [new ImageReference($"{id}a", ""), new ImageReference($"{id}b", "")],
        Captions = [new Caption(id, prompt)],
        Labels = [first, second],
    };

    private static Item Item(string id, int images, int captions) => new()
    {
        Id = id,
        Group = id,
        Images = [.. Enumerable.Range(0, images).Select(k => new ImageReference($"{id}-{k}", ""))],
        Captions = [.. Enumerable.Range(0, captions).Select(k => new Caption($"{id}-{k}", $"caption {k}"))],
    };
}
