using AlignBench.Data;
using AlignBench.Features;
using AlignBench.Features.Extraction;
using AlignBench.Safetensors;
using AlignBench.Tests.Cli;
using AlignBench.Tests.Models;
using AlignBench.Tests.Sounds;
using Serilog.Core;

namespace AlignBench.Tests.Features;

public class SoundExtractionTests
{
    private const double PoolingTolerance = 1e-5;       // of the goldens

    // From WAV files to stored rows, beside transformers' numbers of the same samples, each alone.
    [Fact]
    public void Run_GoldenSoundsAsWavFiles_GivesTransformersNumbers()
    {
        using TemporaryFolder folder = new();
        using ModelFolder model = Model();
        Directory.CreateDirectory(folder.File("sounds"));
        foreach ((int row, float[] raw) in GoldenSounds.Read("raw").Index())
        {
            File.WriteAllBytes(folder.File($"sounds/{row}.wav"), WaveMaker.Floats(raw));
        }

        using FeatureFile file = new(Assert.Single(Extract(folder, model.Path, maxSkipped: 0)));

        using SafetensorsFile alone = SafetensorsFile.Open(Path.Combine(GoldenSounds.Folder, "golden_unpadded.safetensors"));
        float[] expected = alone.Read<float>("mean_penultimate");
        (string[] ids, long[] rows) = file.ReadEntries();
        Assert.Equal(["0.wav#0", "1.wav#0", "2.wav#0"], ids);
        Assert.Equal("sounds", file.Content);
        float[] actual = new float[file.Width];
        for (int row = 0; row < ids.Length; row++)
        {
            file.ReadRow((int)rows[row], actual);
            Assert.All(
                expected.Skip(row * file.Width).Zip(actual),
                pair => Assert.Equal(pair.First, pair.Second, PoolingTolerance));
        }
    }

    [Fact]
    public void OpenSounds_BlockByBlock_GivesTheSameBits()
    {
        using ModelFolder model = Model();
        byte[] wave = WaveMaker.Tone(440, seconds: 0.2);
        ModelSource source = ModelSource.Find(model.Path, "/");
        using FeatureEncoder<byte[]> whole = source.OpenSounds(["penultimate_mean", "last_mean"]);
        using FeatureEncoder<byte[]> blockwise =
            source.WithLoading(blockByBlock: true).OpenSounds(["penultimate_mean", "last_mean"]);

        Assert.NotNull(blockwise.Loading);
        Assert.Equal(whole.Encode(wave), blockwise.Encode(wave));
    }

    [Fact]
    public void Run_BrokenSounds_AreCountedAndNamed()
    {
        using TemporaryFolder folder = new();
        using ModelFolder model = Model();
        Directory.CreateDirectory(folder.File("sounds"));
        File.WriteAllBytes(folder.File("sounds/a.wav"), WaveMaker.Tone(440, seconds: 0.2));
        File.WriteAllBytes(folder.File("sounds/b.wav"), WaveMaker.Tone(440, seconds: 0.2, rate: 44100));
        File.WriteAllBytes(folder.File("sounds/c.wav"), WaveMaker.Tone(440, seconds: 0.2)[..1000]);
        File.WriteAllBytes(folder.File("sounds/d.wav"), WaveMaker.Tone(440, seconds: 0.001));

        using FeatureFile file = new(Assert.Single(Extract(folder, model.Path, maxSkipped: 3)));

        Assert.Equal([0L, -1, -1, -1], file.ReadEntries().Rows);
        Assert.Equal(
            [
                $"{folder.File("sounds/b.wav")}: expected a sample rate of 16000 Hz, got 44100 Hz",
                $"{folder.File("sounds/c.wav")}: cut short: expected 6444 bytes, got 1000",
                $"{folder.File("sounds/d.wav")}: a sound of 16 samples is too short for a single frame",
            ],
            file.ReadSkipped().Select(skipped => skipped.Reason));
        Assert.Throws<DataException>(() => Extract(folder, model.Path, maxSkipped: 2));
    }

    [Fact]
    public void Run_ASpeechModelOnPictures_SaysThatThereAreNoSounds()
    {
        using TemporaryFolder folder = new();
        using ModelFolder model = Model();
        folder.Write("sounds/a.jpg", "");

        DataException e = Assert.Throws<DataException>(
            () => Extract(folder, model.Path, maxSkipped: 0, format: "image-folder"));

        Assert.Equal("image-folder: the data have no sounds", e.Message);
    }

    [Fact]
    public async Task Extract_FromTheCommandLine_FindsTheStoredFileTheSecondTime()
    {
        using TemporaryFolder folder = new();
        using ModelFolder model = Model();
        Directory.CreateDirectory(folder.File("clips"));
        File.WriteAllBytes(folder.File("clips/abc_000030.wav"), WaveMaker.Tone(440, seconds: 0.2));
        string csv = folder.Write("vggsound.csv", "abc,30,a tone,test\n");
        string[] line =
        [
            "extract", "--model", model.Path, "--format", "vggsound", "--data", csv, "--audio", folder.File("clips"),
            "--features", folder.File("features"), "--select", "last_mean",
        ];

        AppRun first = await AppRun.Of(line);
        AppRun second = await AppRun.Of(line);

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Contains("Encoded 1 of 1 entries of vggsound", first.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Encoded", second.Error, StringComparison.Ordinal);
        Assert.Equal(first.Output, second.Output);
    }

    // The vocabulary of a speech model is what it writes: it does not make it a language model.
    [Fact]
    public void Find_ASpeechModelWithAVocabulary_EncodesSoundsAlone()
    {
        using ModelFolder model = Model();
        File.WriteAllText(Path.Combine(model.Path, "vocab.json"), "{\"a\": 0}");

        ModelSource found = ModelSource.Find(model.Path, "/");

        Assert.Equal((true, false, false), (found.EncodesSounds, found.EncodesImages, found.EncodesCaptions));
        Assert.Equal("penultimate_mean", found.DefaultSelection);
        found.Check(["penultimate_mean"]);
    }

    private static ModelFolder Model()
    {
        ModelFolder model = ModelFolder.CopyOf(GoldenSounds.Folder);
        File.WriteAllText(
            Path.Combine(model.Path, "preprocessor_config.json"),
            "{\"do_normalize\": true, \"feature_size\": 1, \"padding_value\": 0.0, \"sampling_rate\": 16000}");
        foreach (string file in Directory.GetFiles(model.Path, "*.safetensors"))
        {
            if (Path.GetFileName(file) != "model.safetensors")
            {
                File.Delete(file);
            }
        }

        return model;
    }

    private static string[] Extract(
        TemporaryFolder folder, string model, int maxSkipped, string format = "audio-folder") =>
        DatasetExtraction.Run(
            model,
            new DatasetSource { Format = format, Path = folder.File("sounds") },
            new ExtractOptions([], Limit: null, maxSkipped, folder.File("features"), Threads: 2),
            null,
            Logger.None,
            CancellationToken.None);
}
