using AlignBench.Experiments.Adapters;
using AlignBench.Reports;
using Serilog.Core;

namespace AlignBench.Tests.Experiments.Adapters;

/// <summary>Whole studies on made-up features.</summary>
public class AdapterStudyTests
{
    private const string Study = """
        name: made-up
        modalities:
          - { name: image, file: sides.safetensors }
          - { name: text, file: sides.safetensors }
        reference: { file: sides.safetensors }
        training:
          direction: symmetric
          epochs: 4
          batch: 32
          warmup_steps: 3
          learning_rate: 0.02
        adapters:
          - { name: linear, kind: linear }
          - { name: mlp, kind: mlp_gelu_norm, settings: { hidden: 16, dropout: 0.2 } }
        seeds: [0, 5]
        evaluation: { rows: 160, k: 5, k_sweep: [3], lambda_sweep: [0, 0.5, 1], neighbors_every: 2, bootstrap: 50, map_items: 20, map_epochs: [1] }
        """;

    [Fact]
    public void Run_OnSidesOfOneWorld_LearnsToPairThemAndComesNearerToTheReference()
    {
        using TemporaryFolder folder = Made(Study);

        Assert.True(Run(folder, "out"));

        CsvTable epochs = CsvTable.Read(folder.File("out/adapters_epochs.csv"));
        Assert.Equal(2 * 2 * 5, epochs.Rows.Count);
        foreach (int last in Rows(epochs).Where(row => epochs.Whole(row, "epoch") == 4))
        {
            Assert.True(epochs.Number(last, "train_loss") < epochs.Number(last - 3, "train_loss"));
            Assert.True(epochs.Number(last, "validation_infonce") < epochs.Number(last - 4, "validation_infonce"));
            Assert.True(epochs.Number(last, "validation_r10") > epochs.Number(last - 4, "validation_r10"));
            Assert.True(epochs.Number(last, "validation_text_to_image_r10") > 0.4);
            Assert.Null(epochs.NumberOrNull(last - 1, "train_image_reference"));     // every second epoch, and the ends
            Assert.NotNull(epochs.NumberOrNull(last - 2, "train_image_reference"));
        }

        CsvTable alignment = CsvTable.Read(folder.File("out/adapters_alignment.csv"));
        Assert.Equal(3 + (2 * 2 * 2 * 3), alignment.Rows.Count);
        AssertMap(CsvTable.Read(folder.File("out/embedding_map.csv")));
        AssertControls(CsvTable.Read(folder.File("out/adapters_controls.csv")));
        AssertSeeds(CsvTable.Read(folder.File("out/hypotheses.csv")));
        Assert.False(Run(folder, "out"));                            // nothing left to do
    }

    [Fact]
    public void Run_TakenUpAfterAnInterruption_EndsInTheSameBytes()
    {
        using TemporaryFolder folder = Made(Study);
        Run(folder, "whole");

        // Stopped in the third epoch of the second run, so that each of the four has another past.
        using CancellationTokenSource stop = new();
        Assert.ThrowsAny<OperationCanceledException>(() => Run(
            folder, "resumed", progress: new Stopper(stop, "linear-seed5", 8), cancellation: stop.Token));
        Assert.False(File.Exists(folder.File("resumed/run.json")));
        Run(folder, "resumed", resume: true);

        string[] files = Files(folder.File("whole"));
        Assert.Equal(files, Files(folder.File("resumed")));
        Assert.Contains("checkpoints/mlp-seed5.safetensors", files);
        foreach (string file in files)
        {
            Assert.True(
                File.ReadAllBytes(folder.File($"whole/{file}")).AsSpan().SequenceEqual(File.ReadAllBytes(folder.File($"resumed/{file}"))),
                $"{file} differs");
        }
    }

    [Fact]
    public void Run_WithAnotherThreadCountOrAgain_GivesTheSameBytes()
    {
        using TemporaryFolder folder = Made(Study);
        Run(folder, "one");
        Run(folder, "two", threads: 4);

        foreach (string file in Files(folder.File("one")))
        {
            Assert.True(
                File.ReadAllBytes(folder.File($"one/{file}")).AsSpan().SequenceEqual(File.ReadAllBytes(folder.File($"two/{file}"))),
                $"{file} differs");
        }
    }

    [Fact]
    public void Run_WithAnotherConfig_RefusesTheCheckpoint()
    {
        using TemporaryFolder folder = Made(Study);
        Run(folder, "out");
        File.WriteAllText(folder.File("study.yaml"), Study.Replace("0.02", "0.03", StringComparison.Ordinal));

        CheckpointException thrown = Assert.Throws<CheckpointException>(() => Run(folder, "out", resume: true));

        Assert.Contains("made with another config", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OnShuffledPairs_LearnsNothingThatHoldsForOtherItems()
    {
        using TemporaryFolder folder = Made(Study.Replace("epochs: 4", "epochs: 4\n  pairs: shuffled", StringComparison.Ordinal));
        Run(folder, "out");

        CsvTable epochs = CsvTable.Read(folder.File("out/adapters_epochs.csv"));

        // Chance among 40 validation items is .25.
        Assert.All(
            Rows(epochs).Where(row => epochs.Whole(row, "epoch") == 4),
            row => Assert.InRange(epochs.Number(row, "validation_r10"), 0.05, 0.5));
    }

    [Theory]
    [InlineData("infonce", "[image, text]", 1)]
    [InlineData("siglip", "[image, text]", 1)]
    [InlineData("multi_positive", "[image, captions]", 3)]
    [InlineData("multi_positive_inside_log", "[image, captions]", 3)]
    [InlineData("multi_caption", "[image, captions]", 3)]
    [InlineData("mix", "[image, text, audio]", 1)]
    [InlineData("pairwise_sum", "[image, text, audio]", 1)]
    [InlineData("multi_encoder_printed", "[image, text, audio]", 1)]
    [InlineData("multi_encoder_anchored", "[image, text, audio]", 1)]
    public void Run_OfEachObjective_LowersItsLoss(string objective, string sides, int captions)
    {
        IEnumerable<string> modalities = sides.Trim('[', ']').Split(", ").Select(side =>
            $"  - {{ name: {side}, file: sides.safetensors{(side == "captions" ? ", rows_per_item: 3" : "")} }}");
        string study = $$"""
            name: made-up
            modalities:
            {{string.Join('\n', modalities)}}
            reference: { file: sides.safetensors }
            training:
              objective: {{objective}}
              captions: {{captions}}
              learn_lambda: none
              epochs: 6
              batch: 32
              warmup_steps: 3
              learning_rate: 0.02
            adapters:
              - { name: linear, kind: linear, settings: { width: 8 } }
            evaluation: { rows: 0, k: 5, k_sweep: [], lambda_sweep: [0.5], neighbors_every: 0, bootstrap: 0 }
            """;
        using TemporaryFolder folder = Made(study);
        Run(folder, "out");

        CsvTable epochs = CsvTable.Read(folder.File("out/adapters_epochs.csv"));
        Assert.True(epochs.Number(6, "train_loss") < epochs.Number(1, "train_loss"));
        bool learnsLambda = objective == "mix";
        Assert.Equal(learnsLambda, epochs.NumberOrNull(6, "lambda") is not null);
        Assert.Equal(learnsLambda, epochs.NumberOrNull(6, "validation_multimodal_reference_learned") is not null);
    }

    // 20 validation items; epochs 0, 1 and 4; three spaces by two methods, and the reference once by its components.
    private static void AssertMap(CsvTable map)
    {
        Assert.Equal(2 * 2 * 20 * ((3 * 3 * 2) + 1), map.Rows.Count);
        Assert.Equal([0, 1, 4], Rows(map).Select(row => map.Whole(row, "epoch")).Distinct().Order());
        Assert.All(Rows(map), row => Assert.True(double.IsFinite(map.Number(row, "x") + map.Number(row, "y"))));
    }

    // The text says something about an item; noise and another item's image don't.
    private static void AssertControls(CsvTable controls)
    {
        int[] after = [.. Rows(controls).Where(row => controls.Text(row, "when") == "after" && controls.Text(row, "rows") == "all")];
        double Of(string second) => after.Where(row => controls.Text(row, "second") == second)
            .Average(row => controls.Number(row, "multimodal_reference"));
        Assert.True(Of("text") > Of("noise"));
        Assert.True(Of("text") > Of("other_image"));
    }

    // Two seeds: Student's interval of two differences a and b is their mean and 12.7062 |a - b| / 2 either way.
    private static void AssertSeeds(CsvTable table)
    {
        string Key(int row) => string.Join(
            '/', ((string[])["adapter", "rows", "when", "kernel", "k", "lambda_from", "hypothesis"]).Select(column => table.Text(row, column)));
        Dictionary<string, int[]> groups = Rows(table).GroupBy(Key).ToDictionary(group => group.Key, group => group.ToArray());
        Assert.Equal(2 * 3 * 2 * 2 * 2 * 3 * 2, groups.Count);
        foreach (int[] rows in groups.Values)
        {
            double[] own = [.. rows.Where(row => table.Text(row, "over") == "items").Select(row => table.Number(row, "difference"))];
            int seeds = Assert.Single(rows, row => table.Text(row, "over") == "seeds");
            int both = Assert.Single(rows, row => table.Text(row, "over") == "items and seeds");
            double reach = 12.706204736 * Math.Abs(own[0] - own[1]) / 2;
            Assert.Equal(own.Average(), table.Number(seeds, "difference"), 1e-12);
            Assert.Equal(own.Average() - reach, table.Number(seeds, "ci95_low"), 1e-8);
            Assert.Equal(own.Average() + reach, table.Number(seeds, "ci95_high"), 1e-8);
            Assert.InRange(own.Average(), table.Number(both, "ci95_low") - 0.05, table.Number(both, "ci95_high") + 0.05);
            Assert.Equal("", table.Text(both, "seed"));
        }
    }

    private static TemporaryFolder Made(string study)
    {
        TemporaryFolder folder = new();
        MadeUpSides.Write(
            folder.File("sides.safetensors"), 160,
            ("image", 12, 1, 0.2), ("text", 9, 1, 0.4), ("captions", 9, 3, 0.4), ("audio", 7, 1, 0.4), ("reference", 8, 1, 0.1));
        folder.Write("study.yaml", study);
        return folder;
    }

    private static bool Run(
        TemporaryFolder folder,
        string output,
        bool resume = false,
        IProgress<StageProgress>? progress = null,
        int threads = 1,
        CancellationToken cancellation = default) =>
        new AdapterStudyRunner(new AdapterStudyOptions(folder.File("features"), threads, resume, Force: false), Logger.None)
            .Run(AdapterStudyFile.Load(folder.File("study.yaml")), folder.File(output), progress, cancellation);

    // run.json has times and paths in it.
    private static string[] Files(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file))
            .Where(file => file != "run.json")
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<int> Rows(CsvTable table) => Enumerable.Range(0, table.Rows.Count);

    private sealed class Stopper(CancellationTokenSource source, string stage, long step) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (value.Stage == stage && value.Done == step)
            {
                source.Cancel();
            }
        }
    }
}
