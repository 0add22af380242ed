namespace AlignBench.Regression;

/// <summary>
/// How the features of rows to be predicted are scaled; training rows always by their own statistics.
/// </summary>
public enum TestScaling
{
    /// <summary>By the mean and population deviation of the test rows themselves.</summary>
    OwnRows,

    /// <summary>By those of the training rows.</summary>
    TrainingRows,
}

/// <summary>
/// One way to score linear predictivity, all its numbers included: what a published result was computed with.
/// </summary>
public sealed record RidgePreset
{
    /// <summary>As in configs and tables.</summary>
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>Paper or file that it follows.</summary>
    public required string Source { get; init; }

    /// <summary>Folds, 2 or more.</summary>
    public int Splits { get; init; } = 5;

    /// <summary>Seed of the shuffle before the folds are cut.</summary>
    public uint Seed { get; init; } = 42;

    /// <summary>The α searched, ascending, positive.</summary>
    public double[] Alphas { get; init; } = LogSpace(-8.0, 8.0, 17);

    /// <summary>What <see cref="FoldScore.MeanR"/> stands for; the other scaling is scored as well.</summary>
    public TestScaling TestScaling { get; init; } = TestScaling.OwnRows;

    /// <summary>10^low … 10^high in equal steps of the exponent, as <c>numpy.logspace</c>.</summary>
    /// <param name="low">The first exponent.</param>
    /// <param name="high">The last exponent.</param>
    /// <param name="count">2 or more.</param>
    public static double[] LogSpace(double low, double high, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = Math.Pow(10.0, low + (i * (high - low) / (count - 1)));
        }

        return values;
    }
}
