using AlignBench.Experiments.Adapters;
using AlignBench.Reports;
using Serilog.Core;

namespace AlignBench.Tests.Experiments.Adapters;

[Trait("Category", "Slow")]
public class ToyAdapterStudyTests
{
    /// <summary>
    /// The reference run's tables from the same shards, checkpoints, first weights and order. Float32 against float64
    /// moves the reference itself by 1e-5 (linear) and 5e-4 (mlp) in the loss: a thousand steps at temperature .02
    /// amplify rounding, hence the tolerances of data/toy/README.md, which tolerances.yaml has.
    /// </summary>
    [Fact]
    public void Run_Study2OnTheToyWorld_AgreesWithTheReferenceInEveryRow()
    {
        using TemporaryFolder folder = new();
        AdapterStudyConfig study = AdapterStudyFile.Load(Path.Combine(TestPaths.Root, "configs", "toy", "study2.yaml"));
        AdapterStudyRunner runner = new(
            new AdapterStudyOptions(folder.File("features"), Threads: 2, Resume: false, Force: false), Logger.None);
        Assert.True(runner.Run(study, folder.File("results"), null, CancellationToken.None));

        VerificationResult result = TableVerifier.Verify(
            folder.File("results"), Path.Combine(TestPaths.Toy, "expected"), new Tolerance(1e-4, 0), []);
        Assert.All(result.Tables, table => Assert.Empty(table.Differences));
        Assert.Equal(
            [
                ("adapters_alignment.csv", 10), ("adapters_epochs.csv", 82), ("adapters_lambda.csv", 88),
                ("adapters_steps.csv", 2000),
            ],
            result.Tables.Select(table => (table.Table, table.Rows)).Order());

        CsvTable steps = CsvTable.Read(folder.File("results/adapters_steps.csv"));
        CsvTable expected = CsvTable.Read(Path.Combine(TestPaths.Toy, "expected", "adapters_steps.csv"));
        Assert.All(Enumerable.Range(0, steps.Rows.Count), row =>
        {
            double tolerance = steps.Whole(row, "epoch") == 1 ? 2e-5 : steps.Text(row, "adapter") == "linear" ? 2e-4 : 5e-3;
            Assert.Equal(expected.Number(row, "loss"), steps.Number(row, "loss"), tolerance);
        });

        AssertHypotheses(CsvTable.Read(folder.File("results/hypotheses.csv")));
        Assert.False(runner.Run(study, folder.File("results"), null, CancellationToken.None));
    }

    // What data/toy/README.md says appears: H1 everywhere, H2 not at lambda .5, both beyond what resampled items vary.
    private static void AssertHypotheses(CsvTable table)
    {
        int[] rows =
        [
            .. Enumerable.Range(0, table.Rows.Count).Where(row => table.Text(row, "kernel") == "cosine"
                && table.Whole(row, "k") == 10 && table.Text(row, "lambda_from") == "fixed"),
        ];
        Assert.Equal(2 * 3 * 2 * 2, rows.Length);
        Assert.All(rows, row =>
        {
            bool isH1 = table.Text(row, "hypothesis") == "H1";
            Assert.Equal(isH1, table.Truth(row, "supported"));
            Assert.True(isH1 ? table.Number(row, "ci95_low") > 0 : table.Number(row, "ci95_high") < 0);
        });
    }
}
