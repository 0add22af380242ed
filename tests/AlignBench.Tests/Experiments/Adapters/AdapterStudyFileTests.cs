using AlignBench.Experiments.Adapters;


namespace AlignBench.Tests.Experiments.Adapters;

public class AdapterStudyFileTests
{
    private const string Smallest = """
        name: x
        data: { format: flickr30k, path: data }
        modalities:
          - { name: image, model: a }
          - { name: text, model: b }
        reference: { model: c }
        adapters:
          - { name: linear, kind: linear }
          - { name: mlp, kind: mlp_gelu_norm }
        """;

    [Fact]
    public void Load_OfTheSmallestFile_HasThePresetsValues()
    {
        AdapterStudyConfig study = Load(Smallest);

        Assert.Equal(12800, study.Evaluation.Rows);
        Assert.Equal(0.75, study.Evaluation.TrainShare);
        Assert.All(study.Adapters, adapter =>
        {
            Assert.Equal(256, adapter.Settings.Batch);
            Assert.Equal(100, adapter.Settings.Epochs);
            Assert.Equal(1e-4, adapter.Settings.LearningRate);
            Assert.Equal(0.02, adapter.Settings.Temperature);
            Assert.Equal(0.05, adapter.Settings.LabelSmoothing);
            Assert.Equal(0.5, adapter.Settings.GradientClip);
            Assert.Equal("image_to_text", adapter.Settings.Direction);
        });
        Assert.Equal([0.001, 0.005], study.Adapters.Select(adapter => adapter.Settings.WeightDecay!.Value));
        Assert.Equal("squash224_bilinear", study.Modalities[0].ImageProcessor);
        Assert.Equal(64, study.Modalities[1].MaxTokens);
    }

    [Fact]
    public void Load_OfSettingsOnEachLevel_TakesTheNearest()
    {
        AdapterStudyConfig study = Load(
            Smallest.Replace("kind: mlp_gelu_norm }", "kind: mlp_gelu_norm, settings: { batch: 32 } }", StringComparison.Ordinal)
            + "\ntraining: { batch: 64, epochs: 3 }\n");

        Assert.Equal([64, 32], study.Adapters.Select(adapter => adapter.Settings.Batch!.Value));
        Assert.Equal([3, 3], study.Adapters.Select(adapter => adapter.Settings.Epochs!.Value));
    }

    [Theory]
    [InlineData("name: x", "name: x\ncolour: red", "line 2: unknown key 'colour'")]
    [InlineData("name: x", "name: x\ntraining: { temprature: 1 }", "line 2: unknown key 'temprature'; did you mean 'temperature'?")]
    [InlineData("name: x", "name: x\nname: y", "line 2")]
    [InlineData("model: a", "model: a, batch: 3", "line 4: key 'batch' has no meaning here")]
    [InlineData("name: x\n", "", "name")]
    [InlineData("kind: linear", "kind: linaer", "adapter 'linear': kind: expected linear or mlp_gelu_norm or mlp_norm_gelu, got 'linaer'; did you mean 'linear'?")]
    [InlineData("name: x", "name: x\npreset: blok", "unknown preset 'blok'; did you mean 'blog'?")]
    [InlineData("name: x", "name: x\ntraining: { objective: infonc }", "got 'infonc'; did you mean 'infonce'?")]
    [InlineData("name: x", "name: x\ntraining: { objective: mix }", "objective mix takes 3 modalities, there are 2")]
    [InlineData("name: x", "name: x\ntraining: { captions: 5 }", "objective infonce takes one caption an image, captions is 5")]
    [InlineData("name: x", "name: x\ntraining: { temperature: 0 }", "temperature is 0, expected a positive number")]
    [InlineData("name: x", "name: x\ntraining: { dropout: 1 }", "dropout is 1, expected 0 or more and below 1")]
    [InlineData("name: x", "name: x\nevaluation: { train_share: 1 }", "train_share is 1, expected a number between 0 and 1")]
    [InlineData("name: x", "name: x\nevaluation: { split: sequental }", "split: expected sequential or random, got 'sequental'")]
    [InlineData("name: x", "name: x\nseeds: [1, 1]", "a seed is there twice")]
    [InlineData("model: c", "file: c, features: d", "side 'reference': features has no meaning with file")]
    [InlineData("model: c", "features: d", "side 'reference': expected either model or file")]
    [InlineData("model: a", "model: a, image_processor: squash", "side 'image': image_processor: expected own or")]
    [InlineData("name: text", "name: image", "modalities and reference: two are named 'image'")]
    [InlineData("data: { format: flickr30k, path: data }\n", "", "data is missing, and not every side is read from a file")]
    public void Load_OfAMistake_NamesIt(string right, string wrong, string expected)
    {
        ConfigException thrown = Assert.Throws<ConfigException>(
            () => Load(Smallest.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains(expected, thrown.Message, StringComparison.Ordinal);
        Assert.Contains("study.yaml", thrown.Message, StringComparison.Ordinal);
    }

    private static AdapterStudyConfig Load(string text)
    {
        using TemporaryFolder folder = new();
        return AdapterStudyFile.Load(folder.Write("study.yaml", text));
    }
}
