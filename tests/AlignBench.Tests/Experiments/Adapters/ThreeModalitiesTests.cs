using System.Text;
using AlignBench.Experiments.Adapters;
using AlignBench.Reports;
using AlignBench.Statistics.Generators;
using Serilog.Core;

namespace AlignBench.Tests.Experiments.Adapters;

/// <summary>
/// Three modalities of which two belong together: image and audio are turned views of the same points, text is noise.
/// </summary>
public class ThreeModalitiesTests
{
    private const int Items = 120;
    private const int Width = 6;

    private static readonly string s_study = """
        name: three
        modalities:
          - { name: image, file: image.npy, ids: image.txt }
          - { name: text, file: text.npy, ids: text.txt }
          - { name: audio, file: audio.npy, ids: audio.txt }
        reference: { file: reference.npy, ids: image.txt }
        training: { objective: OBJECTIVE, direction: symmetric, label_smoothing: 0, learn_lambda: none, temperature: 0.1,
                    epochs: 60, batch: 30, warmup_steps: 3, learning_rate: 0.02, weight_decay: 0 }
        adapters: [{ name: linear, kind: linear }]
        evaluation: { rows: 0, k: 5, k_sweep: [], lambda_sweep: [0.5], neighbors_every: 0, bootstrap: 0, map_items: 0 }
        max_skipped: 1
        """;

    [Fact]
    public void Run_PairwiseSum_FindsThePartnersThatThereAreAndNoOthers()
    {
        CsvTable table = Run("pairwise_sum", out string[] skipped);

        // 29 validation items: chance is .03 at 1 and .34 at 10.
        Assert.True(Of(table, "image", "audio", "r1") > 0.9);
        Assert.True(Of(table, "audio", "image", "r1") > 0.9);
        Assert.True(Of(table, "image", "text", "r10") < 0.7);
        Assert.True(Of(table, "audio", "reference", "mutual_knn") > 2 * Of(table, "text", "reference", "mutual_knn"));
        Assert.Equal(2 * (4 + 6), table.Rows.Count);
        Assert.Equal(["lost,not in the file of side 'audio'"], skipped);
    }

    // As printed the softmax is over matching tuples only: no row is told from another modality's, so partners stay lost.
    [Fact]
    public void Run_TheLossAsPrinted_DoesNotPairTheModalities()
    {
        CsvTable table = Run("multi_encoder_printed", out _);

        Assert.True(Of(table, "image", "audio", "r1") < 0.5);
    }

    [Fact]
    public void Run_SomeSidesWithoutIds_SaysWhichOne()
    {
        using TemporaryFolder folder = Made(s_study.Replace("text.npy, ids: text.txt", "text.npy", StringComparison.Ordinal));

        ConfigException thrown = Assert.Throws<ConfigException>(() => Run(folder));

        Assert.Contains("side 'text': expected ids", thrown.Message, StringComparison.Ordinal);
    }

    private static CsvTable Run(string objective, out string[] skipped)
    {
        using TemporaryFolder folder = Made(s_study.Replace("OBJECTIVE", objective, StringComparison.Ordinal));
        Run(folder);
        skipped = File.ReadAllLines(folder.File("out/skipped.csv"))[1..];
        return CsvTable.Read(folder.File("out/adapters_modalities.csv"));
    }

    private static void Run(TemporaryFolder folder) =>
        new AdapterStudyRunner(new AdapterStudyOptions(folder.File("features"), 1, Resume: false, Force: false), Logger.None)
            .Run(AdapterStudyFile.Load(folder.File("study.yaml")), folder.File("out"), null, CancellationToken.None);

    // The audio file has its rows the other way round, and one item less.
    private static TemporaryFolder Made(string study)
    {
        TemporaryFolder folder = new();
        NumPyRandom random = new(3);
        double[][] points = Points(random);
        string[] ids = [.. Enumerable.Range(0, Items).Select(i => i == 7 ? "lost" : $"clip{i}")];
        Write(folder, "image", points, ids);
        Write(folder, "reference", points, ids);
        Write(folder, "text", Points(random), ids);
        int[] heard = [.. Enumerable.Range(0, Items).Where(i => i != 7).Reverse()];
        Write(folder, "audio", [.. heard.Select(i => Turned(points[i]))], [.. heard.Select(i => ids[i])]);
        folder.Write("study.yaml", study.Replace("OBJECTIVE", "pairwise_sum", StringComparison.Ordinal));
        return folder;
    }

    private static double[][] Points(NumPyRandom random) =>
        [.. Enumerable.Range(0, Items).Select(_ => (double[])[.. Enumerable.Range(0, Width).Select(_ => (2 * random.NextDouble()) - 1)])];

    // Another order and other signs of the coordinates: a rotation or reflection.
    private static double[] Turned(double[] point) => [.. point.Reverse().Select((value, j) => j % 2 == 0 ? value : -value)];

    private static void Write(TemporaryFolder folder, string name, double[][] rows, string[] ids)
    {
        string header = $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({rows.Length}, {Width}), }}";
        header = header.PadRight(117) + "\n";
        using FileStream file = File.Create(folder.File($"{name}.npy"));
        file.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0]);
        file.Write(Encoding.ASCII.GetBytes(header));
        foreach (double value in rows.SelectMany(row => row))
        {
            file.Write(BitConverter.GetBytes(value));
        }

        folder.Write($"{name}.txt", string.Join('\n', ids) + "\n");
    }

    private static double Of(CsvTable table, string a, string b, string column) =>
        table.Number(Assert.Single(Enumerable.Range(0, table.Rows.Count), row => table.Text(row, "a") == a
            && table.Text(row, "b") == b && table.Text(row, "when") == "after"), column);
}
