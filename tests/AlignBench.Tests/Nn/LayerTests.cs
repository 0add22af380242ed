using System.Globalization;
using System.Text.Json;
using AlignBench.Nn;
using AlignBench.Nn.Positions;
using AlignBench.Nn.Weights;
using AlignBench.Safetensors;
using AlignBench.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Nn;

/// <summary>The building blocks against the reference's, and attention against the obvious loop.</summary>
public class LayerTests
{
    /// <summary>Noise is up to 4.2e-7 relative to 1 + |x|.</summary>
    private const double NormTolerance = 2e-6;

    [Theory]
    [InlineData("1e-12")]
    [InlineData("1e-06")]
    [InlineData("1e-05")]
    [InlineData("0.001")]
    public void Norms_GoldenRows_GiveTheReference(string epsilon)
    {
        using DisposeScope scope = NewDisposeScope();
        string path = TestPaths.Golden("text", "parts", "norms.safetensors");
        using GoldenFile golden = new(path);
        using SafetensorsFile file = SafetensorsFile.Open(path);
        using WeightReader weights = new(file);
        double value = double.Parse(epsilon, CultureInfo.InvariantCulture);
        Tensor x = golden.Read("x");

        Check($"layer_norm_eps{epsilon}", new LayerNorm(weights, 16, value).Forward(x));
        Check($"rms_norm_eps{epsilon}", new RmsNorm(weights, 16, value).Forward(x));
        Check("olmo_layer_norm", new LayerNorm(16, 1e-5).Forward(x));

        void Check(string name, Tensor actual) =>
            GoldenFile.AssertClose(golden.Read(name) * 1, actual, NormTolerance * 10, name);
    }

    [Theory]
    [InlineData("gelu")]
    [InlineData("gelu_new")]
    [InlineData("gelu_pytorch_tanh")]
    [InlineData("quick_gelu")]
    [InlineData("silu")]
    [InlineData("relu")]
    [InlineData("bloom_gelu")]
    public void Activations_GoldenValues_GiveTheReference(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using GoldenFile golden = new(TestPaths.Golden("text", "parts", "activations.safetensors"));
        Activation activation = name == "bloom_gelu" ? Activations.BloomGelu : Activations.ByName(
            name);

        GoldenFile.AssertClose(golden.Read(name), activation.Forward(golden.Read("x")), 1e-6, name);
    }

    [Fact]
    public void Slopes_EveryHeadCountOfTheReference_AreEqual()
    {
        using JsonDocument golden = JsonDocument.Parse(
            File.ReadAllText(TestPaths.Golden("text", "parts", "alibi_slopes.json")));
        foreach (JsonProperty heads in golden.RootElement.EnumerateObject())
        {
            float[] expected = [.. heads.Value.EnumerateArray().Select(slope => slope.GetSingle())];
            float[] actual = Alibi.Slopes(int.Parse(heads.Name, CultureInfo.InvariantCulture));

            Assert.Equal(expected.Length, actual.Length);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(1, pair.Second / pair.First, 1e-6f));
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void AlibiBias_GoldenMasks_GivesTheReference(int heads)
    {
        using DisposeScope scope = NewDisposeScope();
        using GoldenFile golden = new(TestPaths.Golden("text", "parts", "alibi_bias.safetensors"));

        Tensor bias = Alibi.Bias(
            Alibi.Slopes(heads), golden.Read("attention_mask"), golden.Read("attention_mask").shape[1], CPU);

        GoldenFile.AssertClose(golden.Read($"alibi_heads{heads}"), bias, 1e-6, "alibi");
    }

    [Theory]
    [InlineData("rope_default_d8")]
    [InlineData("rope_default_d100_open_llama_3b")]
    [InlineData("rope_default_d128")]
    [InlineData("rope_linear4_d16")]
    [InlineData("rope_theta500000_d64")]
    [InlineData("rope_llama3_d128_llama31_8b")]
    [InlineData("rope_llama3_d64_llama32_1b")]
    public void Rotary_GoldenPositions_TurnsLikeTheReference(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using GoldenFile golden = new(TestPaths.Golden("text", "parts", $"{name}.safetensors"));
        Rotary rotary = RotaryOf(TestPaths.Golden("text", "parts", $"{name}.json"));

        RotaryAngles angles = rotary.At(golden.Read("position_ids"));

        GoldenFile.AssertCloseToScale(golden.Read("inv_freq"), rotary.Frequencies, 1e-7, "frequencies");
        GoldenFile.AssertClose(golden.Read("cos"), angles.Cos.squeeze(1), 1e-6, "cos");
        GoldenFile.AssertClose(golden.Read("sin"), angles.Sin.squeeze(1), 1e-6, "sin");
        GoldenFile.AssertCloseToScale(golden.Read("q_rotated"), angles.Rotate(golden.Read("q")), 1e-6, "q");
        GoldenFile.AssertCloseToScale(golden.Read("k_rotated"), angles.Rotate(golden.Read("k")), 1e-6, "k");
    }

    [Theory]
    [InlineData("mpnet_b32_d128", 32, 128, true)]
    [InlineData("mpnet_b8_d20", 8, 20, true)]
    [InlineData("t5_bidirectional_b32_d128", 32, 128, true)]
    [InlineData("t5_bidirectional_b8_d20", 8, 20, true)]
    [InlineData("t5_causal_b32_d128", 32, 128, false)]
    [InlineData("t5_causal_b8_d20", 8, 20, false)]
    public void RelativeBuckets_GoldenDistances_AreEqual(
        string name, int buckets, int longest, bool bidirectional)
    {
        using SafetensorsFile golden = SafetensorsFile.Open(
            TestPaths.Golden("text", "parts", "relative_buckets.safetensors"));

        long[] distances = golden.Read<long>("relative_position");
        Assert.Equal(
            golden.Read<long>(name),
            distances.Select(distance => RelativeBuckets.Of(distance, buckets, longest, bidirectional)));
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(true, 3)]
    public void Attend_GroupedQueriesAndMask_EqualsTheLoop(bool causal, int? window)
    {
        using DisposeScope scope = NewDisposeScope();
        const int Batch = 2, Heads = 4, Groups = 2, Length = 6, Width = 3;
        Tensor q = Numbers(1, Batch, Heads, Length, Width);
        Tensor k = Numbers(2, Batch, Groups, Length, Width);
        Tensor v = Numbers(3, Batch, Groups, Length, Width);
        Tensor mask = tensor(new long[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0 }, [Batch, Length]);

        AttentionPattern pattern = new() { Mask = mask, Causal = causal, Window = window };
        Tensor actual = Attention.Attend(q, k, v, 0.5, pattern.BiasOf(Length, CPU));

        for (int b = 0; b < Batch; b++)
        {
            for (int h = 0; h < Heads; h++)
            {
                for (int i = 0; i < Length; i++)
                {
                    int[] seen =
                    [
                        .. Enumerable.Range(0, Length).Where(j => mask[b, j].item<long>() == 1
                            && (!causal || j <= i) && (window is null || j > i - window)),
                    ];
                    if (seen.Length > 0)
                    {
                        float[] expected = Row(q, k, v, b, h, h / 2, i, seen);
                        for (int c = 0; c < Width; c++)
                        {
                            float got = actual[b, i, (h * Width) + c].item<float>();
                            Assert.Equal(expected[c], got, 1e-5f);
                        }
                    }
                }
            }
        }
    }

    private static float[] Row(Tensor q, Tensor k, Tensor v, int b, int h, int group, int i, int[] seen)
    {
        double[] weights =
        [
            .. seen.Select(j => Math.Exp(0.5 * (q[b, h, i] * k[b, group, j]).sum().item<float>())),
        ];
        float[] result = new float[3];
        for (int c = 0; c < result.Length; c++)
        {
            result[c] = (float)(
                seen.Select((j, n) => weights[n] * v[b, group, j, c].item<float>()).Sum() / weights.Sum());
        }

        return result;
    }

    private static Tensor Numbers(int seed, params long[] shape)
    {
        Random random = new(seed);
        float[] numbers = new float[shape.Aggregate((a, b) => a * b)];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = (float)random.NextDouble() - 0.5f;
        }

        return tensor(numbers, shape);
    }

    private static Rotary RotaryOf(string path)
    {
        using JsonDocument settings = JsonDocument.Parse(File.ReadAllText(path));
        JsonElement scaling = settings.RootElement.GetProperty("rope_scaling");
        double Value(string key) => scaling.GetProperty(key).GetDouble();
        return new Rotary(
            settings.RootElement.GetProperty("head_dim").GetInt32(),
            settings.RootElement.GetProperty("rope_theta").GetDouble(),
            scaling.GetProperty("rope_type").GetString() switch
            {
                "linear" => new RotaryScaling.Linear(Value("factor")),
                "llama3" => new RotaryScaling.Llama3(
                    Value("factor"),
                    Value("low_freq_factor"),
                    Value("high_freq_factor"),
                    Value("original_max_position_embeddings")),
                _ => null,
            });
    }
}
