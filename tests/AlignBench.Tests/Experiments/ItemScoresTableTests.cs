using System.Globalization;
using AlignBench.Experiments;
using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Regression.Algebra;
using AlignBench.Regression.Presets;

namespace AlignBench.Tests.Experiments;

public class ItemScoresTableTests
{
    private const int N = 100;
    private const int Strange = 17;

    // Both models see the same numbers, but for one item of which the one sees the opposite of what the other does.
    [Fact]
    public void Of_TheSameFeaturesButForOneItem_PutsThatItemLast()
    {
        double[,] values = MadeUpFeatures.Noise(N, 6, seed: 8);
        ModelFeatures vision = MadeUpFeatures.Model("v", 'i', N, 6, (i, j) => values[i, j]);
        ModelFeatures[] language =
        [
            MadeUpFeatures.Model("l", 'c', N, 6, (i, j) => i == Strange ? -values[i, j] : values[i, j]),
            MadeUpFeatures.Model("m", 'c', N, 6, (i, j) => 3.0 * (i == Strange ? -values[i, j] : values[i, j])),
        ];
        ExperimentPlan plan = MadeUpFeatures.Plan([.. Enumerable.Range(0, N).Select(i => $"{i}")]);
        ExperimentResult result = new PairScorer(
            new Scoring(RidgePresets.Find("neuroaimetrics"), Threads: 2, Permutations: 0, Resamples: 0, Seed: 1))
            .Score(plan, [vision], language, CancellationToken.None);

        PlanTable table = ItemScoresTable.Of([result]);

        Assert.Equal(2 * N, table.Rows.Count);
        foreach (object?[][] direction in table.Rows.Chunk(N))
        {
            object?[] last = direction.MinBy(row => (double)row[5]!)!;
            Assert.Equal($"i{Strange}", last[4]);
            Assert.True((double)last[5]! < -0.5);
            Assert.True(direction.Where(row => row != last).Average(row => (double)row[5]!) > 0.9);
            Assert.All(direction, row => Assert.Equal(2, row[6]));
            Assert.All(direction, row => Assert.Equal(
                MeanOverPairs(result, (string)row[3]!, int.Parse(((string)row[4]!)[1..], CultureInfo.InvariantCulture)),
                (double)row[5]!,
                1e-14));
        }
    }

    private static double MeanOverPairs(ExperimentResult result, string direction, int unit)
    {
        List<double> found = [];
        foreach (PairScore pair in result.Scores.Where(score => score.Direction == direction))
        {
            for (int fold = 0; fold < pair.Folds.Length; fold++)
            {
                int place = Array.IndexOf(pair.Folds[fold].Test, unit);
                if (place >= 0)
                {
                    found.Add(pair.Result.Folds[fold].RowR[place]);
                }
            }
        }

        return found.Sum() / found.Count;
    }

    // The second target is ten times as wide and the third constant: neither weighs more for that.
    [Fact]
    public void R_OfTargetsOfAnyScale_WeighsThemAlike()
    {
        Matrix truth = new(3, 4, [1, 20, 5, 3, 2, 10, 5, 1, 3, 30, 5, 2]);
        Matrix predictions = new(3, 4, [1, 20, 9, 3, 1, 20, 9, 3, 2, 20, 9, 2]);

        double[] r = RowScores.R(predictions, truth);

        Assert.Equal(1.0, r[0], 1e-12);
        Assert.Equal(-Math.Sqrt(3.0) / 2.0, r[1], 1e-12);
        Assert.True(double.IsNaN(r[2]));
    }
}
