using AlignBench.Statistics.Generators;

namespace AlignBench.Statistics;

/// <summary>Resampling of observations; a statistic is a function of the rows that take part.</summary>
public static class Bootstrap
{
    /// <summary>Resamples n rows with replacement.</summary>
    /// <param name="n">Observations, 1 or more; paired samples share the rows.</param>
    /// <param name="resamples">B, 2 or more.</param>
    /// <param name="seed">
    /// Of <see cref="NumPyRandom"/>; rows are drawn one after another, resample after resample.
    /// </param>
    /// <param name="statistic">Of the observations at the given rows.</param>
    public static BootstrapDistribution Resample(
        int n, int resamples, uint seed, Func<int[], double> statistic)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 2);
        ArgumentNullException.ThrowIfNull(statistic);
        NumPyRandom random = new(seed);
        double[] values = new double[resamples];
        for (int i = 0; i < resamples; i++)
        {
            values[i] = statistic([.. Enumerable.Range(0, n).Select(_ => random.NextAtMost(n - 1))]);
        }

        return new BootstrapDistribution(statistic([.. Enumerable.Range(0, n)]), values);
    }

    /// <summary>The statistic without each row in turn, [n].</summary>
    /// <param name="n">Observations, 2 or more.</param>
    /// <param name="statistic">Of the observations at the given rows.</param>
    public static double[] Jackknife(int n, Func<int[], double> statistic)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 2);
        ArgumentNullException.ThrowIfNull(statistic);
        int[] rows = [.. Enumerable.Range(0, n)];
        return [.. rows.Select(left => statistic([.. rows.Where(row => row != left)]))];
    }
}
