using AlignBench.Reports.Html;
using AlignBench.Reports.Plots;
using AlignBench.Reports.Runs;

namespace AlignBench.Tests.Reports;

public class ComparisonTests
{
    [Fact]
    public void Of_TwoRuns_PairsTheModelsThatBothHave()
    {
        using TemporaryFolder first = new();
        using TemporaryFolder second = new();
        Write(first, ("bloom", 0.2), ("llama", 0.4), ("gpt", 0.9));
        Write(second, ("llama", 0.5), ("bloom", 0.5), ("other", 0.1));

        IReadOnlyList<ComparedMean> means = ComparedMean.Of([("a", RunFolder.Read(first.Root)), ("b", RunFolder.Read(second.Root))]);

        Assert.Equal(["a", "b"], means.Select(mean => mean.Run));
        Assert.Equal([0.5, 1.1 / 3], means.Select(mean => mean.Mean), Near);
        Assert.Null(means[0].Difference);
        // llama rises by 0.1 and bloom by 0.3: mean 0.2, standard error 0.1, t(1; .975) = 12.7062.
        Assert.Equal(2, means[1].Difference!.N);
        Assert.Equal(0.2, means[1].Difference!.MeanDifference, 1e-12);
        Assert.Equal(0.2 - 1.27062, means[1].Difference!.ConfidenceInterval().Low, 1e-5);
    }

    [Fact]
    public void Of_RunsWithoutACommonPair_HasNoDifference()
    {
        using TemporaryFolder first = new();
        using TemporaryFolder second = new();
        Write(first, ("bloom", 0.2));
        Write(second, ("llama", 0.5));
        RunFolder[] runs = [RunFolder.Read(first.Root), RunFolder.Read(second.Root)];

        IReadOnlyList<ComparedMean> means = ComparedMean.Of(RunNames.Of(runs));

        Assert.All(means, mean => Assert.Null(mean.Difference));
        Assert.Empty(ComparisonPlots.Differences(runs, means));
        Assert.Single(ComparisonPlots.Means(runs, means));
        Assert.Contains("the runs share no pair of models", ComparisonPage.Create(runs), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_RunsOfTheSameName_AreCalledByTheirFolders()
    {
        using TemporaryFolder first = new();
        using TemporaryFolder second = new();

        string[] names = [.. RunNames.Of([RunFixture.Write(first), RunFixture.Write(second)]).Select(run => run.Name)];

        Assert.Equal([first.Root, second.Root], names);
    }

    [Fact]
    public void Of_Manifests_NamesWhatDiffersAndLackingExperimentsOnce()
    {
        using TemporaryFolder first = new();
        using TemporaryFolder second = new();
        first.Write("a.csv", "x\n");
        second.Write("a.csv", "x\n");
        first.Write("run.json", """{"config": {"seed": 1, "vision": ["a", "b"], "experiments": [{"name": "e", "up_to": 5}]}, "started": "now"}""");
        second.Write("run.json", """{"config": {"seed": 1, "vision": ["a"], "experiments": [{"name": "e", "up_to": 3}, {"name": "f", "up_to": 1}]}}""");

        IReadOnlyList<string[]> rows = ManifestDifferences.Of([RunFolder.Read(first.Root), RunFolder.Read(second.Root)]);

        Assert.Equal(
            ["config.vision|a b|a", "config.experiments|e|e f", "config.experiments.e.up_to|5|3"],
            rows.Select(row => string.Join('|', row)));
    }

    [Fact]
    public void Create_AComparison_EscapesNamesAndSaysWhatIsClear()
    {
        using TemporaryFolder first = new();
        using TemporaryFolder second = new();
        Write(first, (RunFixture.Hostile, 0.2), ("llama", 0.4));
        Write(second, (RunFixture.Hostile, 0.6), ("llama", 0.81));

        string page = ComparisonPage.Create([RunFolder.Read(first.Root), RunFolder.Read(second.Root)]);

        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.Contains("of 1 means, 1 can be compared over common model pairs: 1 clearly higher", page.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-12;

    private static void Write(TemporaryFolder folder, params (string Language, double Score)[] rows) => folder.Write(
        "predictivity.csv",
        "experiment,condition,vision,language,direction,score,standard_error,n\n" + string.Concat(rows.Select(row =>
            FormattableString.Invariant($"e,c,dino,{RunFixture.Quote(row.Language)},language_to_vision,{row.Score},0.1,9\n"))));
}
