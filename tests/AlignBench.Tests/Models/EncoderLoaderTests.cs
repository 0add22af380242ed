using AlignBench.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Models;

public class EncoderLoaderTests
{
    private static readonly string s_formats = TestPaths.Golden("text", "formats");

    public static TheoryData<string> Formats() =>
    [
        .. Directory.GetDirectories(s_formats).Where(
            path => File.Exists(Path.Combine(path, "golden.safetensors")))
            .Select(path => Path.GetFileName(path)).Order(),
    ];

    public static TheoryData<string> EveryModel() =>
    [
        .. Directory.GetDirectories(TestPaths.Golden("text", "models"))
            .Concat(Directory.GetDirectories(TestPaths.Golden("vision")))
            .Where(path => File.Exists(Path.Combine(path, "config.json"))).Order(),
    ];

    // Sharded, half precision, with and without prefix, with heads and buffers: transformers reads each with
    // difference 0.
    [Theory]
    [MemberData(nameof(Formats))]
    public void Load_EveryContainerAndNaming_GivesTheGoldenPoolings(string format)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(Path.Combine(s_formats, format));
        using GoldenFile expected = new(Path.Combine(s_formats, format, "golden.safetensors"));

        Tensor[] features = loaded.Text!.EncodePadded(
            expected.Read("input_ids"),
            [FeatureSelection.PenultimateMean, FeatureSelection.Parse("last_mean")],
            expected.Read("attention_mask"));

        GoldenFile.AssertClose(expected.Read("mean_penultimate"), features[0], 1e-5, format);
        GoldenFile.AssertClose(expected.Read("mean_last"), features[1], 1e-5, format);
    }

    // One tied LLaMA in every container that torch.save ever wrote.
    [Theory]
    [InlineData("b_bin_zip")]
    [InlineData("b_bin_zip_from_buffer")]
    [InlineData("b_bin_cuda_location")]
    [InlineData("b_bin_nested_checkpoint")]
    [InlineData("c_sharded_bin")]
    [InlineData("d_legacy_bin")]
    public void Load_PickledWeights_GivesTheBitsOfTheSafetensorsFile(string format)
    {
        using DisposeScope scope = NewDisposeScope();

        Assert.Equal(
            Feature(Path.Combine(s_formats, "a0_one_file")), Feature(Path.Combine(s_formats, format)));
    }

    [Theory]
    [InlineData("missing_key", "model.layers.1.mlp.down_proj.weight", "missing")]
    [InlineData("wrong_shape", "model.layers.1.mlp.down_proj.weight", "expected shape [16, 24], got ")]
    [InlineData("transposed_shape", "model.layers.1.mlp.down_proj.weight", "expected shape [16, 24], got [24, 16]")]
    [InlineData("extra_layer", "model.layers.2.", "left-over")]
    [InlineData("config_has_more_layers", "model.layers.2.", "missing")]
    [InlineData("unknown_model_type", "model_type", "known are bert, bloom, ")]
    public void Load_CheckpointThatDoesNotFit_IsRefusedByName(string folder, string name, string what)
    {
        CheckpointException e = Assert.Throws<CheckpointException>(
            () => EncoderLoader.Load(Path.Combine(s_formats, "g_broken", folder)));

        Assert.Contains(name, e.Message, StringComparison.Ordinal);
        Assert.Contains(what, e.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(s_formats, "g_broken", folder), e.Message, StringComparison.Ordinal);
    }

    // Not the loader's business: whoever writes features refuses what is not finite.
    [Fact]
    public void Load_NotANumberAmongTheWeights_LoadsAndShowsInTheFeatures()
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(Path.Combine(s_formats, "g_broken", "nan_weight"));

        Tensor feature = loaded.Text!.Encode([[1, 1, 1]], [FeatureSelection.Parse("last_mean")])[0];

        Assert.True(feature.isnan().any().item<bool>());
    }

    [Fact]
    public void Load_GoodFolder_DescribesTheEncoder()
    {
        string folder = Path.Combine(TestPaths.Toy, "models", "openllama-toy-s");
        using LoadedEncoder loaded = EncoderLoader.Load(folder);

        Assert.Equal("openllama-toy-s", loaded.Name);
        Assert.Equal("llama", loaded.ModelType);
        Assert.Equal("LlamaForCausalLM", loaded.Architecture);
        Assert.Null(loaded.Image);
        Assert.Equal((4, 64), (loaded.Text!.Depth, loaded.Text.Width));
        Assert.Equal(275_520 - (580 * 64), loaded.Parameters);     // without lm_head
        Assert.Equal([Path.Combine(folder, "model.safetensors")], loaded.WeightFiles);
        Assert.Equal(FeatureSelection.PenultimateMean, loaded.Text.DefaultFeature);
    }

    [Theory]
    [InlineData("llama_mha", "rope_scaling", """{"type": "dynamic", "factor": 2.0}""", "rope_type: dynamic")]
    [InlineData("llama_mha", "rope_scaling", """{"rope_type": "llama3", "factor": 2.0}""", "low_freq_factor")]
    [InlineData("llama_mha", "rope_scaling", """{"type": "linear", "factor": 2.0, "beta": 1}""", "beta")]
    [InlineData("llama_mha", "hidden_act", "\"swoosh\"", "swoosh")]
    [InlineData("llama_mha", "attention_window", "4", "attention_window")]
    [InlineData("llama_mha", "num_key_value_heads", "3", "num_key_value_heads")]
    [InlineData("llama_mha", "rms_norm_eps", "\"small\"", "rms_norm_eps")]
    [InlineData("llama_mha", "quantization_config", """{"bits": 4}""", "quantization_config")]
    [InlineData("bloom_h4", "hidden_size", "64", "n_embed")]
    [InlineData("bloom_h4", "n_layer", "0", "n_layer")]
    [InlineData("bloom_h4", "n_layer", "2.5", "n_layer")]
    [InlineData("bloom_h4", "slow_but_exact", "\"yes\"", "slow_but_exact")]
    public void Load_ConfigThatIsNotSupported_IsRefusedByKey(
        string model, string key, string json, string expected)
    {
        using ModelFolder folder = ModelFolder.CopyOf(TestPaths.Golden("text", "models", model)).With(
            key, json);

        CheckpointException e = Assert.Throws<CheckpointException>(() => EncoderLoader.Load(folder.Path));

        Assert.StartsWith(Path.Combine(folder.Path, "config.json"), e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("offset_alibi", "100")]
    [InlineData("seq_length", "2048")]
    [InlineData("n_head", "4")]
    [InlineData("pretraining_tp", "4")]
    [InlineData("transformers_version", "\"4.20.0\"")]
    public void Load_KeysOfPublishedConfigs_ChangeNothing(string key, string json)
    {
        using DisposeScope scope = NewDisposeScope();
        string original = TestPaths.Golden("text", "models", "bloom_h4");
        using ModelFolder folder = ModelFolder.CopyOf(original).With(key, json);

        Assert.Equal(Feature(original), Feature(folder.Path));
    }

    // transformers then leaves out the biases of the two output layers (measured there: a difference of
    // 0.62).
    [Fact]
    public void Load_SlowButExactWithParallelism_LeavesTheOutputBiasesOut()
    {
        using DisposeScope scope = NewDisposeScope();
        string original = TestPaths.Golden("text", "models", "bloom_h4");
        using ModelFolder folder = ModelFolder.CopyOf(original).With("slow_but_exact", "true").With(
            "pretraining_tp", "4");

        float[] with = Feature(original);
        float[] without = Feature(folder.Path);

        Assert.True(with.Zip(without).Max(pair => Math.Abs(pair.First - pair.Second)) > 0.1);
    }

    [Theory]
    [MemberData(nameof(EveryModel))]
    public void Load_OnTheMetaDevice_ChecksEveryFamilyWithoutItsNumbers(string folder)
    {
        using LoadedEncoder loaded = EncoderLoader.Load(folder);
        using LoadedEncoder checkedOnly = EncoderLoader.Load(folder, META);

        Assert.Equal(loaded.Parameters, checkedOnly.Parameters);
    }

    [Fact]
    public void Load_NoModelFolder_SaysWhatIsMissing()
    {
        using ModelFolder folder = new();

        CheckpointException e = Assert.Throws<CheckpointException>(() => EncoderLoader.Load(folder.Path));

        Assert.Contains("config.json", e.Message, StringComparison.Ordinal);
    }

    private static float[] Feature(string folder)
    {
        using LoadedEncoder loaded = EncoderLoader.Load(folder);
        FeatureSelection[] wanted = [FeatureSelection.Parse("last_mean")];
        return loaded.Text!.Encode([[5, 6, 7, 8]], wanted)[0].data<float>().ToArray();
    }
}
