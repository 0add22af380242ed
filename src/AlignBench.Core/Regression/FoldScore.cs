namespace AlignBench.Regression;

/// <summary>What one fold says about how well X predicts Y.</summary>
public sealed record FoldScore
{
    /// <summary>From 0.</summary>
    public required int Fold { get; init; }

    /// <summary>The chosen α: one for all targets, or [t], one a target.</summary>
    public required double[] Alphas { get; init; }

    /// <summary>The α that serves all targets; NaN where each target has its own.</summary>
    public double Alpha => Alphas.Length == 1 ? Alphas[0] : double.NaN;

    /// <summary>The (lower) median of <see cref="Alphas"/>: a value of the grid, the α itself if one serves all.</summary>
    public double MedianAlpha => Alphas.Order().ElementAt((Alphas.Length - 1) / 2);

    /// <summary>
    /// How many of <see cref="Alphas"/> are the first or last of the grid; 0 for a grid of one.
    /// </summary>
    public required int AlphasAtEdge { get; init; }

    /// <summary>Whether an α is the first or last of the grid: the best one may lie outside.</summary>
    public bool AlphaAtEdge => AlphasAtEdge > 0;

    /// <summary>
    /// [alphas], what the search compared: mean squared leave-one-out error in squared units of Y, or a mean
    /// inner score; averaged over targets where each has its own α. Empty if nothing was searched.
    /// </summary>
    public required double[] SearchCurve { get; init; }

    /// <summary>
    /// |second-best − best| / |best| of what was compared, the smallest over targets: how little it takes to
    /// choose another α.
    /// </summary>
    public required double GapToSecond { get; init; }

    /// <summary>
    /// Mean over targets of r, test rows scaled as the preset says; undefined r are left out.
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

    /// <summary>
    /// [m], of each test row in the fold's order: Pearson r over standardised targets between prediction and truth, test
    /// rows scaled as the preset says; NaN where undefined.
    /// </summary>
    public required double[] RowR { get; init; }

    /// <summary>
    /// [t], R² of each target, test rows scaled as the preset says; NaN for a constant target.
    /// </summary>
    public required double[] R2 { get; init; }

    /// <summary>Mean over targets of <see cref="R2"/>; undefined ones are left out.</summary>
    public required double MeanR2 { get; init; }

    /// <summary>Targets that are constant on the test rows.</summary>
    public required int ConstantTargets { get; init; }

    /// <summary>Targets without an r in <see cref="R"/>, the constant ones among them.</summary>
    public int UndefinedTargets => R.Count(double.IsNaN);

    /// <summary><see cref="MeanR"/> with an undefined r taken as 0.</summary>
    public double MeanRUndefinedAsZero => R.Average(r => double.IsNaN(r) ? 0.0 : r);
}
