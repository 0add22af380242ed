using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Features;
using AlignBench.Statistics.Generators;

namespace AlignBench.Tests.Experiments;

/// <summary>Features without models: item i's image is <c>i{i}</c>, its caption <c>c{i}</c>.</summary>
internal static class MadeUpFeatures
{
    /// <summary>[n] units of one image and one caption each.</summary>
    public static ExperimentPlan Plan(string[] groups, string folding = "plain") => new()
    {
        Experiment = "made_up",
        Dataset = new FakeDataset(),
        Items = [],
        Conditions = [new Condition("only", Entries('i', groups.Length), Entries('c', groups.Length), groups)],
        Contrast = ("only", "only"),
        Counts = [],
        Folding = folding,
    };

    /// <summary>A table of n rows, a value a row and column; every entry has a row of its own.</summary>
    public static ModelFeatures Model(string name, char kind, int n, int width, Func<int, int, double> value) => new(
        name,
        FeatureTable.Of(
            Enumerable.Range(0, n).ToDictionary(i => $"{kind}{i}", i => i),
            width,
            [.. from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, width) select (float)value(i, j)]));

    /// <summary>[rows, columns] standard normal values (Box and Muller), from a seed.</summary>
    public static double[,] Noise(int rows, int columns, uint seed)
    {
        NumPyRandom random = new(seed);
        double[,] values = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double radius = Math.Sqrt(-2.0 * Math.Log(1.0 - random.NextDouble()));
                values[i, j] = radius * Math.Cos(2.0 * Math.PI * random.NextDouble());
            }
        }

        return values;
    }

    private static string[][] Entries(char kind, int n) =>
        [.. Enumerable.Range(0, n).Select(i => (string[])[$"{kind}{i}"])];
}
