using AlignBench.Experiments;
using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Experiments.Tables;
using AlignBench.Regression;
using AlignBench.Regression.Folds;
using AlignBench.Reports;
using AlignBench.Statistics.Inference;

namespace AlignBench.Tests.Experiments.Tables;

/// <summary>Tables of scores that are made up, so that each number can be worked out from them.</summary>
public class StudyTablesTests
{
    private static readonly string[] s_vision = ["v1", "v2"];
    private static readonly string[] s_language = ["l1", "l2", "l3", "l4"];
    private static readonly double[] s_high = [.50, .55, .48, .60, .52, .58, .47, .66];
    private static readonly double[] s_low = [.40, .41, .42, .43, .44, .45, .46, .47];

    [Fact]
    public void TTests_HoldEveryTestOfTheContrastAndCorrectOverTheTable()
    {
        using TemporaryFolder folder = new();
        CsvTable table = Write(folder, "ttests.csv", Preference(s_high, s_low));

        double[] differences = [.. s_high.Zip(s_low, (a, b) => a - b)];
        PairedTTest test = PairedTTest.Compare(s_high, s_low);
        double[] p = [.. Enumerable.Range(0, table.Rows.Count).Select(row => table.Number(row, "p"))];
        Assert.Equal(4, table.Rows.Count);                              // two directions, two standardisations
        Assert.Equal(test.T, table.Number(0, "t"), 1e-12);
        Assert.Equal(Math.Log10(test.PValue()), table.Number(0, "log10_p"), 1e-12);
        Assert.Equal(test.HedgesGz, table.Number(0, "hedges_gz"), 1e-12);
        Assert.Equal(WilcoxonTest.Compare(differences).PValue, table.Number(0, "wilcoxon_p"));
        Assert.Equal(2.0 / 256.0, table.Number(0, "sign_flip_p"));      // all eight differences are positive
        Assert.Equal(MultipleComparisons.Holm(p)[0], table.Number(0, "holm_p"), 1e-15);
        Assert.Equal(MultipleComparisons.BenjaminiHochberg(p)[0], table.Number(0, "bh_p"), 1e-15);
    }

    [Fact]
    public void TTests_WithAnUndefinedScore_LeaveThatRowOutOfTheCorrection()
    {
        using TemporaryFolder folder = new();
        double[] undefined = [double.NaN, .. s_high[1..]];

        CsvTable table = Write(folder, "ttests.csv", Preference(undefined, s_low), Preference(s_high, s_low, "other"));

        Assert.True(double.IsNaN(table.Number(0, "holm_p")));
        Assert.Null(table.NumberOrNull(0, "sign_flip_p"));
        Assert.Equal(4 * table.Number(4, "p"), table.Number(4, "holm_p"), 1e-15);      // four tests, not eight
    }

    [Fact]
    public void Crossed_HasEachModelsMeanAndTestsOverModels()
    {
        using TemporaryFolder folder = new();
        CsvTable means = Write(folder, "crossed.csv", Preference(s_high, s_low));
        CsvTable tests = CsvTable.Read(folder.File("crossed_tests.csv"));

        int row = Enumerable.Range(0, means.Rows.Count).First(i =>
            means.Text(i, "condition") == "high - low" && means.Text(i, "model") == "l2");
        Assert.Equal(((.55 - .41) + (.58 - .45)) / 2.0, means.Number(row, "mean"), 1e-12);
        Assert.Equal(2, means.Whole(row, "partners"));
        double[] byVision = [(s_high[..4].Sum() - s_low[..4].Sum()) / 4.0, (s_high[4..].Sum() - s_low[4..].Sum()) / 4.0];
        int ofVision = Enumerable.Range(0, means.Rows.Count).First(i =>
            means.Text(i, "condition") == "high - low" && means.Text(i, "model") == "v1");
        Assert.Equal(byVision[0], means.Number(ofVision, "mean"), 1e-12);
        Assert.Equal(4, means.Whole(ofVision, "partners"));
        Assert.Equal(TTest.OneSample(byVision, 0.0).T, tests.Number(0, "vision_t"), 1e-9);
        Assert.Equal(2, tests.Whole(0, "vision_models"));
        Assert.True(tests.Number(0, "crossed_p") > tests.Number(0, "pairs_p"));
        Assert.InRange(byVision.Average(), tests.Number(0, "cluster_low"), tests.Number(0, "cluster_high"));
    }

    [Fact]
    public void Figures_AreTablesOfTheirOwn()
    {
        using TemporaryFolder folder = new();
        CsvTable figure = Write(folder, "figure2a.csv", Preference(s_high, s_low));

        Assert.Equal(["high", "low", "high", "low"], figure.Rows.Select(row => row[figure.IndexOf("condition")]));
        Assert.Equal(s_high.Average(), figure.Number(0, "mean"), 1e-12);
        Assert.Equal(19.8225, figure.Number(0, "published_t"));
        Assert.False(File.Exists(folder.File("grid.csv")));             // nothing of that kind was run
        Assert.False(File.Exists(folder.File("predictivity_controls.csv")));
    }

    // Two subsets of two, one the head of two orders: (.3 * 2 + .6) / 3.
    [Fact]
    public void Curves_HoldTheWeighedMeanOverSubsetsAndTheUnrelatedControl()
    {
        using TemporaryFolder folder = new();
        Condition one = Condition("1", 1);
        Condition two = Condition("2", 2);
        ExperimentResult result = Result(
            "curve",
            (one, .1), (two, .4),
            (two with { Name = "1,2", Series = Averages.SubsetSeries, Weight = 2 }, .3),
            (two with { Name = "1,3", Series = Averages.SubsetSeries }, .6),
            (two with { Series = Averages.UnrelatedSeries }, .05));
        result = result with { Plan = result.Plan with { IsCurve = true, Contrast = ("2", "1"), Figure = "3a" } };

        CsvTable curves = Write(folder, "curves.csv", result);

        Assert.Equal([.1, .4, .1, .4], Enumerable.Range(0, 4).Select(row => curves.Number(row, "mean")));
        Assert.Null(curves.NumberOrNull(0, "mean_subsets"));
        Assert.Equal(.4, curves.Number(1, "mean_subsets"), 1e-12);
        Assert.Equal(2, curves.Whole(1, "subsets"));
        Assert.Equal(.05, curves.Number(1, "mean_unrelated"), 1e-12);
        Assert.Equal(3 * 2 * 8, CsvTable.Read(folder.File("predictivity_controls.csv")).Rows.Count);
        Assert.Equal(
            File.ReadAllText(folder.File("curves.csv")), File.ReadAllText(folder.File("figure3a.csv")));
    }

    [Fact]
    public void Choices_SayWhoseEachIs()
    {
        using TemporaryFolder folder = new();
        CsvTable choices = Write(folder, "choices.csv", Preference(s_high, s_low));

        Assert.Equal(
            ["inferred", "ours", "paper"], choices.Rows.Select(row => row[choices.IndexOf("whose")]).Distinct().Order());
        int folds = Enumerable.Range(0, choices.Rows.Count).First(row => choices.Text(row, "choice") == "folds");
        Assert.Equal(("5", "paper"), (choices.Text(folds, "value"), choices.Text(folds, "whose")));
        Assert.All(choices.Rows, row => Assert.NotEmpty(row[choices.IndexOf("where")]));
    }

    private static CsvTable Write(TemporaryFolder folder, string table, params ExperimentResult[] results)
    {
        StudyConfig study = new()
        {
            Name = "s",
            Vision = s_vision,
            Language = s_language,
            Experiments =
            [
                .. results.Select(result => new ExperimentConfig
                {
                    Name = result.Plan.Experiment,
                    Kind = "preference",
                    Pairs = "all",
                    Data = new DataConfig { Format = "pickapic", Path = "none" },
                    Published = new() { [Direction.LanguageToVision] = 19.8225 },
                }),
            ],
        };
        StudyTables.Write(folder.Root, study, results);
        return CsvTable.Read(folder.File(table));
    }

    private static ExperimentResult Preference(double[] high, double[] low, string name = "preference")
    {
        ExperimentResult result = Result(name);
        Condition a = Condition("high", 1);
        Condition b = Condition("low", 1);
        return new ExperimentResult(
            result.Plan with { Conditions = [a, b], Contrast = ("high", "low"), Figure = "2a" },
            [.. Scores(a, high), .. Scores(b, low)]);
    }

    private static ExperimentResult Result(string name, params (Condition Condition, double Score)[] scores) => new(
        MadeUpFeatures.Plan(["x"]) with { Experiment = name, Conditions = [.. scores.Select(score => score.Condition)] },
        [.. scores.SelectMany(score => Scores(score.Condition, [.. Enumerable.Repeat(score.Score, 8)]))]);

    private static Condition Condition(string name, int captions) =>
        new(name, [["i"]], [[.. Enumerable.Range(0, captions).Select(k => $"c{k}")]], ["x"]);

    private static IEnumerable<PairScore> Scores(Condition condition, double[] values) =>
        from pair in s_vision.SelectMany(v => s_language.Select(l => (Vision: v, Language: l))).Index()
        from direction in Direction.All
        select new PairScore(
            condition, pair.Item.Vision, pair.Item.Language, direction, [new Fold([0], [1])], 0,
            new PredictivityResult("made-up", [Fold(values[pair.Index])]))
        {
            TargetVariance = 1.0,
        };

    private static FoldScore Fold(double score) => new()
    {
        Fold = 0,
        Alphas = [1.0],
        AlphasAtEdge = 0,
        SearchCurve = [],
        GapToSecond = 1.0,
        MeanR = score,
        MeanRTrainStatistics = score,
        R = [score],
        RTrainStatistics = [score],
        RowR = [],
        R2 = [score],
        MeanR2 = score,
        ConstantTargets = 0,
    };
}
