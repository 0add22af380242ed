using System.Text.Json.Nodes;
using AlignBench.Reports.Plots;
using AlignBench.Reports.Runs;

namespace AlignBench.Tests.Reports;

public class PlotTests
{
    [Fact]
    public void All_KindsOfARun_HaveDataAndAnAlternativeText()
    {
        using TemporaryFolder folder = new();
        RunFolder run = RunFixture.Write(folder);

        Plot[] plots = [.. PlotKind.All.Where(kind => kind.MissingTable(run) is null).SelectMany(kind => kind.Plots(run))];

        Assert.Equal(
            [
                "contrast-prefs", "curve-average", "pairs-average-language_to_vision", "pairs-average-vision_to_language",
                "pairs-prefs-language_to_vision", "pairs-prefs-vision_to_language",
            ],
            plots.Select(plot => plot.Id).Order());
        Assert.All(plots, plot =>
        {
            JsonObject spec = PlotSpec.Create(plot);
            JsonObject datasets = spec["datasets"]!.AsObject();
            Assert.All(datasets, data => Assert.NotEmpty(data.Value!.AsArray()));
            Assert.All(DataNames(spec), name => Assert.Contains(name, datasets.Select(data => data.Key)));
            Assert.Equal(plot.Description, (string?)spec["description"]);
            Assert.Contains("0.", plot.Description, StringComparison.Ordinal);
            Assert.DoesNotContain("{{", spec.ToJsonString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Contrast_Bars_AreTheTablesNumbers()
    {
        using TemporaryFolder folder = new();
        Plot plot = Assert.Single(ContrastPlot.Kind.Plots(RunFixture.Write(folder)));

        JsonObject bar = plot.Data["means"][0];
        Assert.Equal(("language → vision", "preferred", 0.5), ((string)bar["direction"]!, (string)bar["condition"]!, (double)bar["mean"]!));
        Assert.Equal((2, 0.0), ((int)bar["pairs"]!, (double)bar["sem"]!));      // both pairs have 0.5
        Assert.Equal(4, plot.Data["means"].Count);
        Assert.Equal(8, plot.Data["pairs"].Count);
        Assert.Equal("t(1) = 12.50\np = .004", ((string)plot.Data["tests"][0]["label"]!).Replace('\u00a0', ' '));
    }

    [Fact]
    public void Curve_OfATableWithControls_HasTheirSeries()
    {
        using TemporaryFolder folder = new();
        folder.Write("curves.csv", "experiment,folding,direction,k,mean,sem,mean_subsets,sem_subsets,mean_unrelated,sem_unrelated\n"
            + "average,plain,language_to_vision,1,0.1,0.01,,,0.01,0.02\naverage,plain,language_to_vision,2,0.2,0.01,,,NaN,NaN\n");

        Plot plot = Assert.Single(CurvePlot.Kind.Plots(RunFolder.Read(folder.Root)));

        Assert.Equal([0.1, 0.01, 0.2, null], plot.Data["curve"].Select(row => (double?)row["mean"]));
        Assert.Contains("control", plot.Description, StringComparison.Ordinal);
        Assert.Equal("average", plot.Title);
    }

    [Fact]
    public void HeatMaps_OfOneExperiment_ShareTheirColours()
    {
        using TemporaryFolder folder = new();

        Plot[] plots = [.. HeatMapPlot.Kind.Plots(RunFixture.Write(folder))];

        Assert.Equal("[0.25,0.5]", plots[0].Parameters["domain"]!.ToJsonString());
        Assert.Equal(plots[0].Parameters["domain"]!.ToJsonString(), plots[1].Parameters["domain"]!.ToJsonString());
    }

    [Fact]
    public void IdOf_AnyWords_IsAFileName() => Assert.Equal("a-b_c-----d", Plot.IdOf("a/b_c", "", "..é", "d"));

    private static IEnumerable<string> DataNames(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member =>
            member.Key == "data" && member.Value?["name"] is { } name ? [(string)name!] : DataNames(member.Value)),
        JsonArray items => items.SelectMany(DataNames),
        _ => [],
    };
}
