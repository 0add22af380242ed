using AlignBench.Fuzz;
using AlignBench.Sounds;

namespace AlignBench.Tests.Sounds;

public class SoundProcessorTests
{
    private static readonly SoundProcessor s_normalizing = new() { SampleRate = 16000, Normalizes = true };

    // transformers' own input_values of these sounds: the same bits, since sums are taken in NumPy's order.
    [Fact]
    public void Prepare_GoldenSounds_GivesTransformersBits() => Assert.Equal(
        GoldenSounds.Read("input_values"), GoldenSounds.Read("raw").Select(raw => s_normalizing.Prepare(raw)));

    // Mean 2, variance 1: -1, 1, -1, 1 over sqrt(1 + 1e-7).
    [Fact]
    public void Prepare_FourSamples_GivesTheValuesWorkedOutByHand()
    {
        float unit = 1 / MathF.Sqrt(1 + 1e-7f);

        Assert.Equal([-unit, unit, -unit, unit], s_normalizing.Prepare([1f, 3, 1, 3]));
        Assert.Equal([0f, 0, 0], s_normalizing.Prepare([0.5f, 0.5f, 0.5f]));
        Assert.Equal([1f, 3], (s_normalizing with { Normalizes = false }).Prepare([1f, 3]));
    }

    // A second of noise is more than NumPy's block of 128.
    [Fact]
    public void Prepare_Noise_HasMeanZeroAndVarianceOne()
    {
        Random random = new(1);
        float[] prepared = s_normalizing.Prepare([.. Enumerable.Range(0, 16000).Select(_ => 3 + random.NextSingle())]);

        Assert.Equal(0, prepared.Average(x => (double)x), 1e-6);
        Assert.Equal(1, prepared.Average(x => (double)x * x), 1e-5);
    }

    [Fact]
    public void Process_AnotherSampleRate_IsRefused()
    {
        SoundException e = Assert.Throws<SoundException>(
            () => s_normalizing.Process(WaveMaker.Tone(440, seconds: 0.1, rate: 44100)));

        Assert.Equal("expected a sample rate of 16000 Hz, got 44100 Hz", e.Message);
    }

    [Theory]
    [InlineData("{}", 16000, true)]
    [InlineData("""
        {"do_normalize": false, "feature_extractor_type": "Wav2Vec2FeatureExtractor", "feature_size": 1,
         "padding_side": "right", "padding_value": 0.0, "return_attention_mask": true, "sampling_rate": 8000}
        """, 8000, false)]
    public void FromFile_AHubFile_IsReadWithItsClassDefaults(string json, int rate, bool normalizes)
    {
        using TemporaryFolder folder = new();

        SoundProcessor read = SoundProcessor.FromFile(folder.Write("preprocessor_config.json", json));

        Assert.Equal(new SoundProcessor { SampleRate = rate, Normalizes = normalizes }, read);
    }

    [Theory]
    [InlineData(
        """{"feature_extractor_type": "WhisperFeatureExtractor"}""",
        "feature_extractor_type: expected Wav2Vec2FeatureExtractor, got WhisperFeatureExtractor")]
    [InlineData("""{"n_fft": 400}""", "n_fft: expected no such key, got 400")]
    [InlineData("""{"feature_size": 80}""", "feature_size: expected 1, got 80")]
    [InlineData("""{"sampling_rate": 0}""", "sampling_rate: expected samples a second, got 0")]
    [InlineData("[]", "expected a JSON object, got Array")]
    public void FromFile_WhatIsNotSupported_IsRefusedByName(string json, string message)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("preprocessor_config.json", json);

        Assert.Equal(
            $"{path}: {message}",
            Assert.Throws<CheckpointException>(() => SoundProcessor.FromFile(path)).Message);
    }

    [Fact]
    public void FromFile_AHundredDamagedFiles_GiveAProcessorOrAClearError()
    {
        using TemporaryFolder folder = new();
        Random random = new(3);
        byte[] original =
            """{"do_normalize": true, "feature_size": 1, "padding_value": 0.0, "sampling_rate": 16000}"""u8.ToArray();
        for (int i = 0; i < 100; i++)
        {
            string path = folder.File("preprocessor_config.json");
            File.WriteAllBytes(path, i % 2 == 0 ? Damage.Of(original, random) : Damage.OfText(original, random));
            try
            {
                SoundProcessor.FromFile(path);
            }
            catch (CheckpointException e)
            {
                Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void FromFile_NoFile_NamesIt()
    {
        CheckpointException e = Assert.Throws<CheckpointException>(() => SoundProcessor.FromFile("/no/such.json"));

        Assert.StartsWith("/no/such.json: ", e.Message, StringComparison.Ordinal);
    }
}
