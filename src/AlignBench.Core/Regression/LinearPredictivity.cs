using AlignBench.Features;
using AlignBench.Regression.Folds;
using AlignBench.Regression.Presets;

namespace AlignBench.Regression;

/// <summary>
/// How well one representation predicts another through a cross-validated ridge regression: Pearson r between
/// predicted and true features of held-out rows, averaged over features and folds.
/// </summary>
public static class LinearPredictivity
{
    /// <summary>
    /// Scores the prediction of <paramref name="y"/> from <paramref name="x"/> under a preset.
    /// </summary>
    /// <param name="x">[n, d], finite; language features for the direction "language to vision".</param>
    /// <param name="y">[n, t], finite, row i paired with row i of <paramref name="x"/>.</param>
    /// <param name="preset">See <see cref="RidgePresets"/>.</param>
    /// <exception cref="ArgumentException">The row counts differ or a value is not finite.</exception>
    /// <exception cref="ConfigException">A number of the preset can't be used.</exception>
    /// <remarks>For several partners of one x, decompose once with <see cref="RidgeFolds"/>.</remarks>
    public static PredictivityResult Score(FeatureMatrix x, FeatureMatrix y, RidgePreset preset)
    {
        ArgumentNullException.ThrowIfNull(preset);
        preset.ThrowIfUnusable();
        FeatureMatrix.ThrowIfNotPaired(x, y);
        Fold[] folds = KFold.Shuffled(x.Rows, preset.Splits, preset.Seed);
        return RidgeFolds.Decompose(x, folds, preset).Score(y);
    }
}
