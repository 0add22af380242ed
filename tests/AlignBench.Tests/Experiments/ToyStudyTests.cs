using AlignBench.Experiments;
using AlignBench.Reports;
using Serilog.Core;

namespace AlignBench.Tests.Experiments;

[Trait("Category", "Slow")]
public class ToyStudyTests
{
    private static readonly string s_config = Path.Combine(TestPaths.Root, "configs", "toy", "study1.yaml");

    /// <summary>The tables of the reference libraries, made from the same shards and checkpoints.</summary>
    [Fact]
    public void Run_Study1OnTheToyWorld_AgreesWithTheReferenceInEveryRow()
    {
        using TemporaryFolder folder = new();
        string[] names = ["pickapic", "pickapic_all_pairs", "coco_clipscore", "average_captions", "average_images"];
        StudyConfig all = StudyConfigFile.Load(s_config);
        StudyConfig study = all with { Experiments = [.. all.Experiments.Where(e => names.Contains(e.Name))] };
        string expected = Path.Combine(TestPaths.Toy, "expected");

        Assert.True(Run(study, folder, []));

        VerificationResult result = TableVerifier.Verify(
            folder.File("results"), expected, Tolerance.Standard, RowFilter.Parse([$"experiment={string.Join(',', names)}"]));
        Assert.All(result.Tables, table => Assert.Empty(table.Differences));
        Assert.Equal(
            ["coco_clip_scores.csv", "curves.csv", "predictivity.csv", "predictivity_folds.csv", "ttests.csv"],
            result.Tables.Select(table => table.Table).Order());
        Assert.Equal(1280, result.Tables.Single(table => table.Table == "predictivity_folds.csv").Rows);

        Assert.False(Run(study, folder, []));                       // nothing left to do
        DateTime written = File.GetLastWriteTimeUtc(folder.File("results/ttests.csv"));
        File.AppendAllText(folder.File("results/ttests.csv"), "spoiled");
        Assert.True(Run(study, folder, []));
        Assert.True(File.GetLastWriteTimeUtc(folder.File("results/ttests.csv")) >= written);
        Assert.DoesNotContain("spoiled", File.ReadAllText(folder.File("results/ttests.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithASample_TakesThatManyUnitsAndTheSameOnesEachTime()
    {
        using TemporaryFolder folder = new();
        StudyConfig study = StudyConfigFile.Load(s_config) with
        {
            Samples = 60,
            Seed = 3,
            Vision = ["models/dinov2-toy-s"],
            Language = ["models/bloom-toy-s", "models/openllama-toy-s"],
        };

        Run(study, folder, ["average_images"]);
        string first = File.ReadAllText(folder.File("results/predictivity.csv"));
        Directory.Delete(folder.File("results"), recursive: true);
        Run(study, folder, ["average_images"]);

        Assert.Equal(first, File.ReadAllText(folder.File("results/predictivity.csv")));
        CsvTable table = CsvTable.Read(folder.File("results/predictivity.csv"));
        Assert.Equal(5 * 2 * 2, table.Rows.Count);
        Assert.All(Enumerable.Range(0, table.Rows.Count), row => Assert.Equal(60, table.Whole(row, "n")));
    }

    /// <summary>Every table has a row in README, which names every column of it.</summary>
    [Fact]
    public void Run_StudyWithItsControls_WritesTablesThatTheReadmeDescribes()
    {
        using TemporaryFolder folder = new();
        StudyConfig study = StudyConfigFile.Load(Path.Combine(TestPaths.Root, "configs", "toy", "study1-controls.yaml"));
        study = study with
        {
            Samples = 40,
            Null = 2,
            Bootstrap = 2,
            Vision = ["models/dinov2-toy-s"],
            Language = ["models/bloom-toy-s"],
            Experiments = [.. study.Experiments.Select(e => e with { Folds = "plain", Null = 2, Bootstrap = 2 })],
        };

        Run(study, folder, []);

        string readme = File.ReadAllText(Path.Combine(TestPaths.Root, "README.md"));
        int start = readme.IndexOf("## Tables of study 1", StringComparison.Ordinal);
        string section = readme[start..readme.IndexOf("\n## ", start, StringComparison.Ordinal)];
        string[] files = [.. Directory.EnumerateFiles(folder.File("results"), "*.csv").Order()];
        Assert.True(files.Length >= 18, string.Join(' ', files.Select(Path.GetFileName)));
        Assert.Empty(
            from file in files
            let name = Path.GetFileName(file)
            let shown = name.EndsWith("_clip_scores.csv", StringComparison.Ordinal) ? "NAME_clip_scores.csv" : name
            from word in CsvTable.Read(file).Columns.Append(shown)
            where !section.Contains($"`{word}`", StringComparison.Ordinal)
            select $"{name}: {word}");
    }

    private static bool Run(StudyConfig study, TemporaryFolder folder, string[] only) =>
        new StudyRunner(new StudyOptions(folder.File("features"), Threads: 2, only, Force: false), Logger.None)
            .Run(study, folder.File("results"), null, CancellationToken.None);
}
