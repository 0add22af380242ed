namespace AlignBench.Regression.Presets;

/// <summary>How the features that predict are scaled.</summary>
public enum FeatureScaling
{
    /// <summary>
    /// Training and test rows each by their own mean and population deviation (0 where that is 0).
    /// </summary>
    EachByOwnRows,

    /// <summary>All rows by the training rows' statistics, as scikit-learn's StandardScaler.</summary>
    ByTrainingRows,

    /// <summary>Not at all.</summary>
    None,
}

/// <summary>How α is chosen from the grid, on the training rows alone. Ties go to the smallest α.</summary>
public enum AlphaSelection
{
    /// <summary>One α for all targets: smallest leave-one-out squared error over rows and targets.</summary>
    LeaveOneOut,

    /// <summary>An α for each target: smallest leave-one-out squared error over rows.</summary>
    LeaveOneOutPerTarget,

    /// <summary>One α: largest R² over inner folds, features scaled once on all training rows.</summary>
    InnerR2,

    /// <summary>One α: largest R² over inner folds, features scaled anew in each.</summary>
    NestedR2,

    /// <summary>
    /// One α: largest Pearson r over inner folds (undefined counts 0), features scaled anew in each.
    /// </summary>
    NestedR,

    /// <summary>
    /// An α for each target: smallest squared error over inner folds less 1e-10 ln α, himalaya's term against
    /// ties.
    /// </summary>
    InnerErrorPerTarget,
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

    /// <summary>The α searched, ascending, positive; a single one is simply used.</summary>
    public double[] Alphas { get; init; } = LogSpace(-8.0, 8.0, 17);

    public FeatureScaling Scaling { get; init; } = FeatureScaling.EachByOwnRows;

    public AlphaSelection Selection { get; init; } = AlphaSelection.LeaveOneOut;

    /// <summary>Consecutive folds of the training rows, for a selection by inner folds.</summary>
    public int InnerSplits { get; init; } = 5;

    /// <summary>
    /// Features and targets are reduced to this many principal components of the training rows (of the scaled
    /// features, of the centred targets), so that models of different width compare; null for all. Fewer if
    /// there are fewer.
    /// </summary>
    public int? Components { get; init; }

    /// <summary>
    /// Whether each target is divided by its training rows' deviation (a constant one is left as it is): then no target
    /// counts for more than another where one α serves all. No published preset does it.
    /// </summary>
    public bool StandardizesTargets { get; init; }

    /// <summary>Whether alpha is searched by inner folds.</summary>
    public bool HasInnerFolds => Alphas.Length > 1
        && Selection is not (AlphaSelection.LeaveOneOut or AlphaSelection.LeaveOneOutPerTarget);

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

    /// <exception cref="ConfigException">A number of the preset can't be used.</exception>
    internal void ThrowIfUnusable()
    {
        bool ascending = Alphas.Zip(Alphas.Skip(1)).All(pair => pair.First < pair.Second);
        if (Alphas.Length == 0 || !ascending || !(Alphas[0] > 0.0) || double.IsInfinity(Alphas[^1]))
        {
            throw new ConfigException(
                $"preset {Name}: expected ascending positive alphas, got {string.Join(", ", Alphas)}");
        }

        if (Splits < 2 || InnerSplits < 2 || Components < 1)
        {
            throw new ConfigException(
                $"preset {Name}: expected 2 or more folds and inner folds and 1 or more components, "
                + $"got {Splits}, {InnerSplits} and {Components}");
        }
    }
}
