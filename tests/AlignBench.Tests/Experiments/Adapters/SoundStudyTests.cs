using System.Globalization;
using System.Text.Json.Nodes;
using AlignBench.Experiments.Adapters;
using AlignBench.Reports;
using AlignBench.Tests.Sounds;
using Serilog.Core;

namespace AlignBench.Tests.Experiments.Adapters;

/// <summary>
/// A set in VGGSound's layout of the toy world's pictures, each with its class as label and a tone whose pitch stands for
/// the class, under the toy encoders and a tiny wav2vec 2.0 with random weights.
/// </summary>
public class SoundStudyTests
{
    private const string Broken = "clip003_000010";
    private const string Frameless = "clip005_000010";

    private const string Study = """
        name: sounds
        root: ROOT
        data: { format: vggsound, path: vggsound.csv, audio: wav, images: frames }
        modalities:
          - { name: image, model: TOY/resnet18-toy, features: pooled, image_processor: own }
          - { name: text, model: TOY/distilbert-toy, features: last_mean, max_tokens: 0 }
          - { name: audio, model: wav2vec2, of: sounds, features: last_mean }
        reference: { model: TOY/dinov2-toy-l, features: last_cls_norm }
        training: { objective: pairwise_sum, direction: symmetric, normalize: l2, label_smoothing: 0, learn_lambda: none,
                    temperature: 0.1, epochs: 40, batch: 30, warmup_steps: 3, learning_rate: 0.01 }
        adapters: [{ name: linear, kind: linear }]
        evaluation: { rows: 0, k: 5, k_sweep: [], lambda_sweep: [0.5], neighbors_every: 0, bootstrap: 0, map_items: 0 }
        max_skipped: 2
        """;

    private static readonly string[] s_classes = File.ReadAllLines(Path.Combine(TestPaths.Toy, "data/classes/classnames.txt"));

    [Fact]
    public void Run_AudioWithPicturesAndLabels_BringsTonesToTheirPictures()
    {
        using TemporaryFolder folder = Made(Study);
        Run(folder);

        CsvTable table = CsvTable.Read(folder.File("out/adapters_modalities.csv"));
        Assert.Equal(2 * (4 + 6), table.Rows.Count);
        Assert.True(Of(table, "image", "audio", "r1", "before") < 0.2);
        Assert.True(Of(table, "image", "audio", "r1") > 0.7);
        Assert.True(Of(table, "audio", "text", "r1") > 0.6);
        Assert.True(Of(table, "image", "audio", "mutual_knn") > 1.5 * Of(table, "image", "audio", "mutual_knn", "before"));
        Assert.Equal(
            [
                $"{Frameless},\"0 images and 1 captions and 1 sounds, expected 1 and 1 and 1\"",
                $"{Broken}#0,\"{folder.File($"wav/{Broken}.wav")}: cut short: expected 6444 bytes, got 1000\"",
            ],
            File.ReadAllLines(folder.File("out/skipped.csv"))[1..]);
        JsonNode counts = JsonNode.Parse(File.ReadAllText(folder.File("out/run.json")))!["counts"]!;
        Assert.Equal((198, 2), (counts["items"]!.GetValue<int>(), counts["skipped"]!.GetValue<int>()));
    }

    // The same tones, each to a clip that it says nothing of.
    [Fact]
    public void Run_TonesOfOtherClips_LeavesThemWithoutPartners()
    {
        using TemporaryFolder folder = Made(Study, isTuned: false);
        Run(folder);

        CsvTable table = CsvTable.Read(folder.File("out/adapters_modalities.csv"));
        Assert.True(Of(table, "image", "audio", "r1") < 0.25);
        Assert.True(Of(table, "image", "text", "r1") > 0.7);
    }

    [Theory]
    [InlineData("{ format: table, path: clips.csv, audio: wav, columns: { audio: sound, caption: label } }")]
    [InlineData("{ format: audio-folder, path: wav }")]
    public void Run_SoundsWithoutPictures_NeedsNone(string data)
    {
        string study = Study
            .Replace("{ format: vggsound, path: vggsound.csv, audio: wav, images: frames }", data, StringComparison.Ordinal)
            .Replace("  - { name: image, model: TOY/resnet18-toy, features: pooled, image_processor: own }\n", "", StringComparison.Ordinal)
            .Replace("TOY/dinov2-toy-l, features: last_cls_norm", "TOY/openllama-toy-s, of: captions, features: last_mean", StringComparison.Ordinal)
            .Replace("objective: pairwise_sum", "objective: infonce", StringComparison.Ordinal)
            .Replace("epochs: 40", "epochs: 1", StringComparison.Ordinal);
        using TemporaryFolder folder = Made(study);
        Run(folder);

        Assert.Equal(2, CsvTable.Read(folder.File("out/adapters_epochs.csv")).Rows.Count);
        string skipped = Assert.Single(File.ReadAllLines(folder.File("out/skipped.csv"))[1..]);
        Assert.Contains($"{Broken}.wav: cut short", skipped, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OfSoundsWhereTheModelEncodesNone_SaysSo()
    {
        using TemporaryFolder folder = Made(
            Study.Replace("model: wav2vec2", "model: TOY/distilbert-toy", StringComparison.Ordinal));

        CheckpointException thrown = Assert.Throws<CheckpointException>(() => Run(folder));

        Assert.Contains("expected a model of sounds (wav2vec2", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SoundsWithTheSettingsOfOtherContents_AreRefused()
    {
        using TemporaryFolder folder = Made(
            Study.Replace("of: sounds,", "of: sounds, max_tokens: 8,", StringComparison.Ordinal));

        ConfigException thrown = Assert.Throws<ConfigException>(() => AdapterStudyFile.Load(folder.File("study.yaml")));

        Assert.Contains("side 'audio': image_processor and max_tokens have no meaning with sounds", thrown.Message, StringComparison.Ordinal);
    }

    private static void Run(TemporaryFolder folder) =>
        new AdapterStudyRunner(new AdapterStudyOptions(folder.File("features"), 2, Resume: false, Force: false), Logger.None)
            .Run(AdapterStudyFile.Load(folder.File("study.yaml")), folder.File("out"), null, CancellationToken.None);

    // The label is what VGGSound's file, the table and the folder's text files say alike.
    private static TemporaryFolder Made(string study, bool isTuned = true)
    {
        TemporaryFolder folder = new();
        string classes = Path.Combine(TestPaths.Toy, "data", "classes");
        CsvTable pictures = CsvTable.Read(Path.Combine(classes, "test.csv"));
        List<string> vggSound = [];
        List<string> table = ["sound,label"];
        Directory.CreateDirectory(folder.File("wav"));
        Directory.CreateDirectory(folder.File("frames"));
        for (int row = 0; row < pictures.Rows.Count; row++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"clip{row:D3}");
            string clip = $"{name}_000010";
            string label = pictures.Text(row, "class");
            vggSound.Add($"{name},10,{label},train");
            table.Add($"{clip}.wav,{label}");
            int pitch = isTuned ? Array.IndexOf(s_classes, label) : row * 5 % s_classes.Length;
            byte[] tone = WaveMaker.Tone(200 * Math.Pow(2, pitch / 5.0), seconds: 0.2);
            File.WriteAllBytes(folder.File($"wav/{clip}.wav"), clip == Broken ? tone[..1000] : tone);
            folder.Write($"wav/{clip}.txt", label + "\n");
            if (clip != Frameless)
            {
                File.Copy(Path.Combine(classes, pictures.Text(row, "file")), folder.File($"frames/{clip}.png"));
            }
        }

        folder.Write("vggsound.csv", string.Join('\n', vggSound) + "\n");
        folder.Write("clips.csv", string.Join('\n', table) + "\n");
        CopyModel(folder.File("wav2vec2"));
        folder.Write("study.yaml", study
            .Replace("ROOT", folder.Root, StringComparison.Ordinal)
            .Replace("TOY", Path.Combine(TestPaths.Toy, "models"), StringComparison.Ordinal));
        return folder;
    }

    private static void CopyModel(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string file in (string[])["config.json", "model.safetensors"])
        {
            File.Copy(Path.Combine(GoldenSounds.Folder, file), Path.Combine(folder, file));
        }

        File.WriteAllText(
            Path.Combine(folder, "preprocessor_config.json"),
            "{\"do_normalize\": true, \"feature_size\": 1, \"padding_value\": 0.0, \"sampling_rate\": 16000}");
    }

    private static double Of(CsvTable table, string a, string b, string column, string when = "after") =>
        table.Number(Assert.Single(Enumerable.Range(0, table.Rows.Count), row => table.Text(row, "a") == a
            && table.Text(row, "b") == b && table.Text(row, "when") == when), column);
}
