using System.Text.Json;
using AlignBench.Statistics;
using AlignBench.Tests.Regression;

namespace AlignBench.Tests.Statistics;

public class BootstrapTests
{
    private static readonly GoldenTensors s_tensors = new(TestPaths.Golden("stats", "bootstrap.safetensors"));

    [Fact]
    public void Intervals_AgreeWithScipy()
    {
        foreach (JsonElement example in GoldenJson.Load("stats", "bootstrap.json").EnumerateArray())
        {
            string name = example.GetProperty("name").GetString()!;
            Func<int[], double> statistic = Statistic(example);
            double[] distribution = s_tensors.Values($"{name}.distribution");
            BootstrapDistribution bootstrap = new(example.Number("theta"), distribution);
            double[] jackknife = Bootstrap.Jackknife(example.GetProperty("n").GetInt32(), statistic);

            GoldenJson.Close(example.Number("standard_error"), bootstrap.StandardError, 1e-12, name);
            foreach (double level in new[] { 0.95, 0.9 })
            {
                Check(example, $"percentile_{level}", bootstrap.Percentile(level));
                Check(example, $"basic_{level}", bootstrap.Basic(level));
                Check(example, $"BCa_{level}", bootstrap.BiasCorrectedAccelerated(jackknife, level));
            }
        }
    }

    [Fact]
    public void Statistics_OfTheStoredRows_AreTheStoredDistribution()
    {
        foreach (JsonElement example in GoldenJson.Load("stats", "bootstrap.json").EnumerateArray())
        {
            string name = example.GetProperty("name").GetString()!;
            Func<int[], double> statistic = Statistic(example);
            double[] distribution = s_tensors.Values($"{name}.distribution");
            for (int i = 0; i < distribution.Length; i++)
            {
                double actual = statistic([.. s_tensors.Row($"{name}.indices", i).Select(v => (int)v)]);
                GoldenJson.Close(distribution[i], actual, 1e-12, $"{name} {i}");
            }
        }
    }

    // The mean of n values has bootstrap standard error σ/√n (σ with n): here √2 / √5.
    [Fact]
    public void Resample_TheMean_HasItsStandardError()
    {
        double[] x = [1, 2, 3, 4, 5];
        BootstrapDistribution bootstrap =
            Bootstrap.Resample(5, 20000, 42, rows => rows.Average(row => x[row]));

        Assert.Equal(3.0, bootstrap.Observed);
        Assert.Equal(Math.Sqrt(2.0 / 5.0), bootstrap.StandardError, 0.01);
    }

    private static void Check(JsonElement example, string key, Interval actual)
    {
        string name = example.GetProperty("name").GetString()!;
        GoldenJson.Close(example.Numbers(key)[0], actual.Low, 1e-12, $"{name} {key} low");
        GoldenJson.Close(example.Numbers(key)[1], actual.High, 1e-12, $"{name} {key} high");
    }

    private static Func<int[], double> Statistic(JsonElement example)
    {
        double[][] data = [.. example.GetProperty("data").EnumerateArray()
            .Select(e => (double[])[.. e.EnumerateArray().Select(v => v.Number())])];
        double[] Pick(int sample, int[] rows) => [.. rows.Select(row => data[sample][row])];
        return example.GetProperty("statistic").GetString() switch
        {
            "mean" => rows => Moments.Mean(Pick(0, rows)),
            "paired_mean_difference" => rows => rows.Average(row => data[0][row] - data[1][row]),
            "pearson" => rows => PearsonCorrelation.Of(Pick(0, rows), Pick(1, rows)),
            "median" => rows => Median(Pick(0, rows)),
            _ => throw new NotSupportedException(example.GetProperty("statistic").GetString()),
        };
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        int middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2.0;
    }
}
