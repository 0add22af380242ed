using AlignBench.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Models;

/// <summary>What the goldens of every language model say, whatever its family.</summary>
public class LanguageModelTests
{
    public static TheoryData<string> Cases() =>
    [
        .. Directory.GetDirectories(TestPaths.Golden("text", "models")).Select(path => Path.GetFileName(path))
            .Where(name => !name.StartsWith("wav2vec2", StringComparison.Ordinal)).Order(),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Encode_PaddedBatch_GivesTransformersNumbers(string name) =>
        LanguageModelGolden.CheckBatches(TestPaths.Golden("text", "models", name));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Encode_PackedAndAlone_GivesTheUnpaddedNumbersAndTheSameBits(string name) =>
        LanguageModelGolden.CheckUnpadded(TestPaths.Golden("text", "models", name));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Load_ConfigOfTransformers5_GivesTheSameBits(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        string folder = TestPaths.Golden("text", "models", name);
        using ModelFolder newer = ModelFolder.CopyOf(folder);
        File.Copy(
            Path.Combine(folder, "config.v5.json"), Path.Combine(newer.Path, "config.json"), overwrite: true);
        using GoldenFile golden = new(Path.Combine(folder, "golden.safetensors"));
        Tensor ids = golden.Read("input_ids");
        Tensor mask = golden.Read("attention_mask");

        Assert.Equal(Features(folder), Features(newer.Path));

        float[] Features(string path)
        {
            using LoadedEncoder loaded = EncoderLoader.Load(path);
            Tensor feature = loaded.Text!.EncodePadded(ids, [FeatureSelection.Parse("last_mean")], mask)[0];
            return feature.data<float>().ToArray();
        }
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
            long[] text = ids[row].narrow(0, 0, lengths[row]).data<long>().ToArray();
            Tensor[] features = loaded.Text!.Encode([text], [.. names.Select(FeatureSelection.Parse)]);
            for (int i = 0; i < names.Length; i++)
            {
                double tolerance = names[i].StartsWith("penultimate", StringComparison.Ordinal) ? 2e-5 : 1e-5;
                GoldenFile.AssertClose(
                    expected.Read(names[i]).narrow(0, row, 1),
                    features[i],
                    tolerance,
                    $"{model} row {row} {names[i]}");
            }
        }
    }

    [Theory]
    [InlineData("bloom-toy-s")]
    [InlineData("openllama-toy-s")]
    public void Encode_FromFourThreadsOneTextEach_GivesTheBitsOfOneThread(string model)
    {
        using LoadedEncoder loaded = EncoderLoader.Load(Path.Combine(TestPaths.Toy, "models", model));
        using GoldenFile golden = new(
            Path.Combine(TestPaths.Toy, "expected", $"features-{model}.safetensors"));
        using Tensor ids = golden.Read("input_ids");
        using Tensor stored = golden.Read("lengths");
        long[] lengths = stored.data<long>().ToArray();
        float[][] expected = [.. Enumerable.Range(0, lengths.Length).Select(Encode)];
        float[][] actual = new float[lengths.Length][];

        Parallel.For(
            0,
            lengths.Length,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            i => actual[i] = Encode(i));

        Assert.Equal(expected, actual);

        float[] Encode(int row)
        {
            using DisposeScope scope = NewDisposeScope();
            long[] text = ids[row].narrow(0, 0, lengths[row]).data<long>().ToArray();
            return loaded.Text!.Encode([text], [FeatureSelection.PenultimateMean])[0].data<float>().ToArray();
        }
    }

    [Fact]
    public void Encode_NoTokenOrUnknownToken_IsRefused()
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedEncoder loaded = EncoderLoader.Load(TestPaths.Golden("text", "models", "bloom_h4"));
        FeatureSelection[] wanted = [FeatureSelection.PenultimateMean];

        Assert.Throws<AlignBenchException>(
            () => loaded.Text!.Encode([[1, 2], []], wanted));
        AlignBenchException e = Assert.Throws<AlignBenchException>(
            () => loaded.Text!.Encode([[101, 101]], wanted));
        Assert.Contains("101", e.Message, StringComparison.Ordinal);
        Assert.Throws<AlignBenchException>(
            () =>
                loaded.Text!.EncodePadded(
                    ones([1, 2], ScalarType.Int64), wanted, zeros([1, 2], ScalarType.Int64)));
    }
}
