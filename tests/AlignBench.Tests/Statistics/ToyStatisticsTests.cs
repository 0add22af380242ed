using System.Globalization;
using AlignBench.Statistics;
using AlignBench.Statistics.Inference;

namespace AlignBench.Tests.Statistics;

/// <summary>The toy world's t tests and curves, recomputed from its expected scores.</summary>
public class ToyStatisticsTests
{
    private static readonly string[][] s_scores = Rows("predictivity.csv");

    // Columns: experiment, direction, standardisation, a, b, mean_a, mean_b, mean_difference, t, df, p.
    [Fact]
    public void Compare_EightPairs_GivesTheExpectedTTests()
    {
        foreach (string[] row in Rows("ttests.csv"))
        {
            bool ownRows = row[2] == "test_statistics";
            double[] a = Scores(row[0], row[3], row[1], ownRows);
            double[] b = Scores(row[0], row[4], row[1], ownRows);
            PairedTTest test = PairedTTest.Compare(a, b);
            string what = string.Join(' ', row[..5]);

            Assert.Equal(8, a.Length);
            GoldenJson.Close(Number(row[5]), Moments.Mean(a), 1e-12, what);
            GoldenJson.Close(Number(row[7]), test.MeanDifference, 1e-12, what);
            GoldenJson.Close(Number(row[8]), test.T, 1e-12, what);
            Assert.Equal(Number(row[9]), test.DegreesOfFreedom);
            GoldenJson.Close(Number(row[10]), test.PValue(), 1e-11, what);
        }
    }

    // Columns: experiment, direction, k, mean, sem.
    [Fact]
    public void StandardError_EightPairs_GivesTheExpectedCurves()
    {
        foreach (string[] row in Rows("curves.csv"))
        {
            double[] scores = Scores(row[0], row[2], row[1], ownRows: true);

            string what = string.Join(' ', row[..3]);
            GoldenJson.Close(Number(row[3]), Moments.Mean(scores), 1e-12, what);
            GoldenJson.Close(Number(row[4]), Moments.StandardError(scores), 1e-12, what);
        }
    }

    // Columns: experiment, condition, vision, language, direction, score, score_train_statistics.
    private static double[] Scores(string experiment, string condition, string direction, bool ownRows) =>
    [
        .. s_scores.Where(row => row[0] == experiment && row[1] == condition && row[4] == direction)
            .Select(row => Number(row[ownRows ? 5 : 6])),
    ];

    private static string[][] Rows(string name) =>
    [
        .. File.ReadLines(Path.Combine(TestPaths.Toy, "expected", name))
            .Skip(1).Select(line => line.Split(',')),
    ];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
