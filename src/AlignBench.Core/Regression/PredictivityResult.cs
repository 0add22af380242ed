namespace AlignBench.Regression;

/// <summary>Cross-validated linear predictivity of Y from X: one direction of one pair.</summary>
/// <param name="Preset">The name of the preset.</param>
/// <param name="Folds">In order.</param>
public sealed record PredictivityResult(string Preset, IReadOnlyList<FoldScore> Folds)
{
    /// <summary>
    /// Plain mean over folds of <see cref="FoldScore.MeanR"/>; NaN if a fold has no defined r.
    /// </summary>
    public double MeanR => Folds.Average(fold => fold.MeanR);

    /// <summary>Plain mean over folds of <see cref="FoldScore.MeanRTrainStatistics"/>.</summary>
    public double MeanRTrainStatistics => Folds.Average(fold => fold.MeanRTrainStatistics);

    /// <summary>Plain mean over folds of <see cref="FoldScore.MeanR2"/>.</summary>
    public double MeanR2 => Folds.Average(fold => fold.MeanR2);

    /// <summary>Plain mean over folds of <see cref="FoldScore.MeanRUndefinedAsZero"/>.</summary>
    public double MeanRUndefinedAsZero => Folds.Average(fold => fold.MeanRUndefinedAsZero);

    /// <summary>Folds whose α lies at an edge of the grid.</summary>
    public int AlphasAtEdge => Folds.Count(fold => fold.AlphaAtEdge);

    /// <summary>Targets constant on the test rows, summed over folds.</summary>
    public int ConstantTargets => Folds.Sum(fold => fold.ConstantTargets);
}
