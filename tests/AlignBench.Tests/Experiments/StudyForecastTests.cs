using AlignBench.Experiments;

namespace AlignBench.Tests.Experiments;

public class StudyForecastTests
{
    private static readonly StudyConfig s_study =
        StudyConfigFile.Load(Path.Combine(TestPaths.Root, "configs", "toy", "study1.yaml")) with
        {
            Vision = ["models/dinov2-toy-s"],
            Language = ["models/bloom-toy-s"],
        };

    // data/toy/README.md: 378 prompts with an untied pair, two pictures each; dinov2-toy-s is 64 wide.
    [Fact]
    public void Of_AnEmptyStore_CountsWhatWouldBeEncodedAndEncodesNothing()
    {
        using TemporaryFolder folder = new();

        StudyForecast forecast = Forecast(folder, "pickapic");

        ForecastExperiment experiment = Assert.Single(forecast.Experiments);
        Assert.Equal(("pickapic", "plain", 378, 2, 4), (experiment.Name, experiment.Folding, experiment.Units, experiment.Conditions, experiment.Scores));
        Assert.Equal(["dinov2-toy-s", "bloom-toy-s"], forecast.Features.Select(features => features.Model));
        Assert.Equal([756, 378], forecast.Features.Select(features => features.ToEncode));
        Assert.All(forecast.Features, features => Assert.Null(features.Seconds));
        Assert.InRange(forecast.Features[0].Bytes, 756 * 64 * 4, 2 * 756 * 64 * 4);
        Assert.Empty(Directory.GetFiles(folder.Root, "*.safetensors", SearchOption.AllDirectories));
    }

    [Fact]
    public void Of_AnEarlierRunOfTheModel_TellsTheTime()
    {
        using TemporaryFolder folder = new();
        folder.Write("results/old/run.json", Run("2026-01-01", seconds: 9));
        folder.Write("results/new/run.json", Run("2026-01-02", seconds: 5));
        folder.Write("results/broken/run.json", "{");

        StudyForecast forecast = Forecast(folder, "pickapic");

        Assert.Null(forecast.Features[0].Seconds);
        Assert.Equal(378 * 0.05, forecast.Features[1].Seconds!.Value, 1e-9);
    }

    // Which captions would be compared is known only once CLIP has scored them: all of them may be.
    [Fact]
    public void Of_AClipScoreExperiment_TakesInTheScorerAndEveryCaption()
    {
        using TemporaryFolder folder = new();

        StudyForecast forecast = Forecast(folder, "coco_clipscore");

        Assert.Equal(
            [("clip-toy", 400), ("clip-toy", 2000), ("dinov2-toy-s", 400), ("bloom-toy-s", 2000)],
            forecast.Features.Select(features => (features.Model, features.Entries)));
        Assert.Equal(1992, forecast.Features[3].ToEncode);              // eight captions occur twice
    }

    [Fact]
    public void Of_AllLayers_ListsOneFileALayer()
    {
        using TemporaryFolder folder = new();

        StudyForecast forecast = StudyForecast.Of(
            s_study with { Layers = "all" }, Options(folder, "pickapic"), folder.File("results"), CancellationToken.None);

        Assert.Equal(
            ["penultimate_cls", "layer0_cls", "layer1_cls", "layer2_cls", "layer3_cls", "layer4_cls"],
            forecast.Features.Where(features => features.Model == "dinov2-toy-s").Select(features => features.Selection));
    }

    private static string Run(string started, int seconds) => $$"""
        { "started": "{{started}}", "encoding": { "bloom-toy-s": { "entries": 100, "seconds": {{seconds}} } } }
        """;

    private static StudyForecast Forecast(TemporaryFolder folder, string experiment) => StudyForecast.Of(
        s_study, Options(folder, experiment), folder.File("results"), CancellationToken.None);

    private static StudyOptions Options(TemporaryFolder folder, string experiment) =>
        new(folder.File("features"), Threads: 1, [experiment], Force: false);
}
