namespace AlignBench.Regression;

/// <summary>What one fold says about how well X predicts Y.</summary>
public sealed record FoldScore
{
    /// <summary>From 0.</summary>
    public required int Fold { get; init; }

    /// <summary>The chosen α.</summary>
    public required double Alpha { get; init; }

    /// <summary>Whether α is the first or last of the grid: the best one may lie outside.</summary>
    public required bool AlphaAtEdge { get; init; }

    /// <summary>
    /// [alphas], mean squared leave-one-out error over training rows and targets, in squared units of Y.
    /// </summary>
    public required double[] LeaveOneOutErrors { get; init; }

    /// <summary>
    /// (second-best − best) / best leave-one-out error: how little it takes to choose another α.
    /// </summary>
    public required double GapToSecond { get; init; }

    /// <summary>
    /// Mean over targets of r on the test rows scaled as the preset says; undefined r are left out.
    /// </summary>
    public required double MeanR { get; init; }

    /// <summary>The same with the test rows scaled by the training rows' statistics.</summary>
    public required double MeanRTrainStatistics { get; init; }

    /// <summary>
    /// [t], Pearson r of each target; NaN where target or prediction is constant but for rounding.
    /// </summary>
    public required double[] R { get; init; }

    /// <summary>[t], the same with the training rows' statistics.</summary>
    public required double[] RTrainStatistics { get; init; }

    /// <summary>Targets that are constant on the test rows.</summary>
    public required int ConstantTargets { get; init; }

    /// <summary>Targets without an r in <see cref="R"/>, the constant ones among them.</summary>
    public int UndefinedTargets => R.Count(double.IsNaN);

    /// <summary><see cref="MeanR"/> with an undefined r taken as 0.</summary>
    public double MeanRUndefinedAsZero => R.Average(r => double.IsNaN(r) ? 0.0 : r);
}
