using AlignBench.Adapters;
using AlignBench.Adapters.Training;
using AlignBench.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Adapters;

public class AdapterFileTests
{
    private static readonly AdapterShape s_linear = new(AdapterKind.Linear, Inputs: 5, Outputs: 3) { Bias = false };

    private static readonly AdapterShape s_mlp = new(AdapterKind.MlpNormGelu, Inputs: 4, Outputs: 3)
    {
        Hidden = 7,
        Gelu = GeluForm.Tanh,
        Dropout = 0.25,
    };

    [Fact]
    public void Load_OfWhatSaveWrote_ComputesTheSame()
    {
        using TemporaryFolder folder = new();
        using ParameterArena arena = Arena();
        string[] files = AdapterFile.Save(folder.Root, Config(), arena);
        Assert.All(files, file => Assert.True(File.Exists(folder.File(file))));

        using AdapterFile loaded = AdapterFile.Load(folder.Root);

        Assert.Equal(["image", "text"], loaded.Adapters.Select(adapter => adapter.Name));
        Assert.Equal(0.375, loaded.Config.Lambda);
        Assert.True(loaded.Config.Normalize);
        foreach ((string name, AdapterShape shape) in Config().Modalities)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor x = randn([6, shape.Inputs]);
            Tensor expected = new Adapter(name, shape, arena).Forward(x, dropout: null);
            Tensor actual = loaded.Adapters.Single(adapter => adapter.Name == name).Forward(x, dropout: null);
            Assert.Equal(AdapterGolden.Numbers(expected), AdapterGolden.Numbers(actual));
        }
    }

    [Fact]
    public void Save_NamesTensorsAsPyTorchModulesWould()
    {
        using TemporaryFolder folder = new();
        using ParameterArena arena = Arena();
        AdapterFile.Save(folder.Root, Config(), arena);

        using SafetensorsFile file = SafetensorsFile.Open(folder.File("adapter.safetensors"));

        Assert.Equal(
            [
                "image.weight", "text.fc1.bias", "text.fc1.weight", "text.fc2.bias", "text.fc2.weight", "text.norm.bias",
                "text.norm.weight",
            ],
            file.Tensors.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([3, 5], file.Tensors["image.weight"].Shape);
        Assert.Contains("\"kind\": \"mlp_norm_gelu\"", File.ReadAllText(folder.File("config.json")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", "config.json: expected the config of adapters")]
    [InlineData("""{"normalize": true}""", "modalities")]
    [InlineData("""{"normalize": true, "modalities": {}, "color": 1}""", "color")]
    [InlineData("""{"normalize": true, "modalities": {"image": {"kind": "linear", "inputs": 6, "outputs": 3}}}""",
        "tensor image.weight: expected shape [3, 6], got [3, 5]")]
    [InlineData("""{"normalize": true, "modalities": {"audio": {"kind": "linear", "inputs": 6, "outputs": 3}}}""",
        "there is no tensor audio.weight")]
    public void Load_OfABrokenFolder_SaysWhatIsWrong(string config, string expected)
    {
        using TemporaryFolder folder = new();
        using ParameterArena arena = Arena();
        AdapterFile.Save(folder.Root, Config(), arena);
        File.WriteAllText(folder.File("config.json"), config);

        CheckpointException thrown = Assert.Throws<CheckpointException>(() => AdapterFile.Load(folder.Root));

        Assert.Contains(expected, thrown.Message, StringComparison.Ordinal);
    }

    private static AdapterFileConfig Config() => new()
    {
        Normalize = true,
        Lambda = 0.375,
        Modalities = new Dictionary<string, AdapterShape> { ["image"] = s_linear, ["text"] = s_mlp },
    };

    private static ParameterArena Arena()
    {
        using Generator random = new(seed: 4);
        return new ParameterArena(
            [.. Adapter.SpecsOf("image", s_linear), .. Adapter.SpecsOf("text", s_mlp)],
            WeightDecay.All, ScalarType.Float32, random);
    }
}
