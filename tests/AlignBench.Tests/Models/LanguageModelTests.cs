using AlignBench.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Models;

/// <summary>What the goldens of every language model say, whatever its family.</summary>
public class LanguageModelTests
{
    /// <summary>Four to five times the noise between two correct float32 ways.</summary>
    private const double StateTolerance = 2e-5;

    private const double PoolingTolerance = 1e-5;

    private static readonly (string Golden, string Feature)[] s_poolings =
    [
        ("mean_penultimate", "penultimate_mean"),
        ("mean_last", "last_mean"),
        ("last_token", "last_token"),
        ("cls_last", "last_cls"),
    ];

    public static TheoryData<string> Cases() =>
        [.. Directory.GetDirectories(TestPaths.Golden("text", "models")).Select(path => Path.GetFileName(path)).Order()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Encode_PaddedBatch_GivesTransformersNumbers(string name)
    {
        foreach (string golden in new[] { "golden", "golden_left", "golden_full", "golden_no_types" })
        {
            string path = TestPaths.Golden("text", "models", name, $"{golden}.safetensors");
            if (File.Exists(path))
            {
                CheckBatch(name, path);
            }
        }
    }

    // The reference for what the program does: every text alone, without padding or mask.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Encode_OneTextAlone_GivesTheUnpaddedNumbers(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(TestPaths.Golden("text", "models", name));
        using GoldenFile batch = new(TestPaths.Golden("text", "models", name, "golden.safetensors"));
        using GoldenFile expected = new(TestPaths.Golden("text", "models", name, "golden_unpadded.safetensors"));
        Tensor ids = batch.Read("input_ids");
        long[] lengths = batch.Read("attention_mask").sum(1).data<long>().ToArray();
        FeatureSelection[] wanted = [.. s_poolings.Select(pooling => FeatureSelection.Parse(pooling.Feature))];
        for (int row = 0; row < lengths.Length; row++)
        {
            Tensor[] features = loaded.Text!.Encode(ids.narrow(0, row, 1).narrow(1, 0, lengths[row]), wanted);
            for (int i = 0; i < wanted.Length; i++)
            {
                GoldenFile.AssertClose(
                    expected.Read(s_poolings[i].Golden).narrow(0, row, 1),
                    features[i],
                    PoolingTolerance,
                    $"{name} row {row} {s_poolings[i].Golden}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Load_ConfigOfTransformers5_GivesTheSameBits(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        string folder = TestPaths.Golden("text", "models", name);
        using ModelFolder newer = ModelFolder.CopyOf(folder);
        File.Copy(Path.Combine(folder, "config.v5.json"), Path.Combine(newer.Path, "config.json"), overwrite: true);
        using GoldenFile golden = new(Path.Combine(folder, "golden.safetensors"));
        Tensor ids = golden.Read("input_ids");
        Tensor mask = golden.Read("attention_mask");

        Assert.Equal(Features(folder), Features(newer.Path));

        float[] Features(string path)
        {
            using LoadedEncoder loaded = EncoderLoader.Load(path);
            return loaded.Text!.Encode(ids, [FeatureSelection.Parse("last_mean")], mask)[0].data<float>().ToArray();
        }
    }

    // Rotary positions are relative: numbered from the first real token they give what 0, 1, 2, ... gives.
    [Theory]
    [InlineData("llama_mha")]
    [InlineData("llama_gqa")]
    [InlineData("llama_rope_llama3")]
    [InlineData("llama_bias_headdim")]
    [InlineData("mistral_window4")]
    [InlineData("gemma")]
    public void HiddenStates_PaddingOnTheLeftWithPositions_GivesTransformersNumbers(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(TestPaths.Golden("text", "models", name));
        using GoldenFile expected = new(
            TestPaths.Golden("text", "models", name, "golden_left_position_ids.safetensors"));
        LlamaEncoder encoder = Assert.IsType<LlamaEncoder>(loaded.Text);
        Tensor mask = expected.Read("attention_mask");
        Tensor real = mask.unsqueeze(-1);

        Tensor last = encoder.HiddenStates(new Texts(expected.Read("input_ids"), mask), expected.Read("position_ids")).Last();

        GoldenFile.AssertClose(expected.Read("last_hidden_state") * real, last * real, StateTolerance, name);
    }

    [Theory]
    [InlineData("bloom-toy-s")]
    [InlineData("bloom-toy-m")]
    [InlineData("openllama-toy-s")]
    [InlineData("openllama-toy-m")]
    [InlineData("distilbert-toy")]
    [InlineData("clip-toy", "features-clip-toy-text")]
    public void Encode_ToyCaptions_GivesTheExpectedFeatures(string model, string? file = null)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(Path.Combine(TestPaths.Toy, "models", model));
        using GoldenFile expected = new(
            Path.Combine(TestPaths.Toy, "expected", $"{file ?? $"features-{model}"}.safetensors"));
        string[] names = [.. expected.Names.Except(["input_ids", "lengths"])];
        Tensor ids = expected.Read("input_ids");
        long[] lengths = expected.Read("lengths").data<long>().ToArray();
        for (int row = 0; row < lengths.Length; row++)
        {
            Tensor[] features = loaded.Text!.Encode(
                ids.narrow(0, row, 1).narrow(1, 0, lengths[row]), [.. names.Select(FeatureSelection.Parse)]);
            for (int i = 0; i < names.Length; i++)
            {
                double tolerance = names[i].StartsWith("penultimate", StringComparison.Ordinal) ? 2e-5 : 1e-5;
                GoldenFile.AssertClose(
                    expected.Read(names[i]).narrow(0, row, 1), features[i], tolerance, $"{model} row {row} {names[i]}");
            }
        }
    }

    [Theory]
    [InlineData("bloom-toy-s")]
    [InlineData("openllama-toy-s")]
    public void Encode_FromFourThreadsOneTextEach_GivesTheBitsOfOneThread(string model)
    {
        using LoadedEncoder loaded = EncoderLoader.Load(Path.Combine(TestPaths.Toy, "models", model));
        using GoldenFile golden = new(Path.Combine(TestPaths.Toy, "expected", $"features-{model}.safetensors"));
        using Tensor ids = golden.Read("input_ids");
        using Tensor stored = golden.Read("lengths");
        long[] lengths = stored.data<long>().ToArray();
        float[][] expected = [.. Enumerable.Range(0, lengths.Length).Select(Encode)];
        float[][] actual = new float[lengths.Length][];

        Parallel.For(0, lengths.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => actual[i] = Encode(i));

        Assert.Equal(expected, actual);

        float[] Encode(int row)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor text = ids.narrow(0, row, 1).narrow(1, 0, lengths[row]);
            return loaded.Text!.Encode(text, [FeatureSelection.PenultimateMean])[0].data<float>().ToArray();
        }
    }

    [Fact]
    public void Encode_NoTokenOrUnknownToken_IsRefused()
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(TestPaths.Golden("text", "models", "bloom_h4"));
        FeatureSelection[] wanted = [FeatureSelection.PenultimateMean];

        Assert.Throws<AlignBenchException>(() => loaded.Text!.Encode(zeros([1, 0], ScalarType.Int64), wanted));
        AlignBenchException e = Assert.Throws<AlignBenchException>(
            () => loaded.Text!.Encode(full([1, 2], 101, ScalarType.Int64), wanted));
        Assert.Contains("101", e.Message, StringComparison.Ordinal);
        Assert.Throws<AlignBenchException>(
            () => loaded.Text!.Encode(ones([1, 2], ScalarType.Int64), wanted, zeros([1, 2], ScalarType.Int64)));
    }

    private static void CheckBatch(string name, string path)
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(TestPaths.Golden("text", "models", name));
        using GoldenFile expected = new(path);
        Tensor ids = expected.Read("input_ids");
        Tensor mask = expected.Read("attention_mask");
        bool left = path.Contains("_left", StringComparison.Ordinal);

        // A padding token that sees no real one is arbitrary: on the left, or behind a window.
        bool arbitrary = left || name.Contains("window", StringComparison.Ordinal);
        Tensor real = (arbitrary ? mask : ones_like(mask)).unsqueeze(-1);
        TextEncoder encoder = Assert.IsAssignableFrom<TextEncoder>(loaded.Text);
        Texts texts = new(ids, mask);
        bool typed = expected.Has("token_type_ids");
        Tensor[] states =
        [
            .. typed
                ? Assert.IsType<BertEncoder>(encoder).HiddenStates(texts, expected.Read("token_type_ids"))
                : encoder.HiddenStates(texts),
        ];
        for (int i = 0; i < states.Length; i++)
        {
            Check($"hidden_states.{i}", states[i]);
        }

        Check("last_hidden_state", states[^1]);
        if (typed)
        {
            return;     // the public way gives every token type 0
        }

        Tensor[] features = loaded.Text!.Encode(
            ids, [.. s_poolings.Select(pooling => FeatureSelection.Parse(pooling.Feature))], mask);
        for (int i = 0; i < features.Length; i++)
        {
            if (!(left && s_poolings[i].Golden == "cls_last"))
            {
                GoldenFile.AssertClose(
                    expected.Read(s_poolings[i].Golden), features[i], PoolingTolerance, $"{path} {s_poolings[i].Golden}");
            }
        }

        if (expected.Has("pooler_output") && !left)
        {
            Tensor pooled = loaded.Text.Encode(ids, [FeatureSelection.Parse("pooled")], mask)[0];
            GoldenFile.AssertClose(expected.Read("pooler_output"), pooled, PoolingTolerance, $"{path} pooler_output");
        }

        void Check(string tensor, Tensor actual)
        {
            if (expected.Has(tensor))
            {
                GoldenFile.AssertClose(expected.Read(tensor) * real, actual * real, StateTolerance, $"{path} {tensor}");
            }
        }
    }
}
