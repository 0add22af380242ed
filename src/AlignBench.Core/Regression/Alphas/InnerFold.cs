using AlignBench.Regression.Algebra;
using AlignBench.Regression.Folds;
using AlignBench.Regression.Presets;

namespace AlignBench.Regression.Alphas;

/// <summary>One inner fold of a training set: decomposed, its validation rows projected.</summary>
internal sealed class InnerFold
{
    private readonly RidgeDecomposition _decomposition;
    private readonly Matrix _validation;           // [m, k]

    private InnerFold(Fold fold, RidgeDecomposition decomposition, Matrix validation)
    {
        Fold = fold;
        _decomposition = decomposition;
        _validation = validation;
    }

    /// <summary>Rows of the outer training set.</summary>
    public Fold Fold { get; }

    /// <summary>Cuts and decomposes the outer fold's own inner folds, or else the preset's consecutive ones.</summary>
    /// <param name="preset">Its number of inner folds, scaling and components.</param>
    /// <param name="outer">Perhaps with inner folds of its own.</param>
    /// <param name="x">[n, d], the outer training rows.</param>
    /// <param name="rescale">
    /// Whether each inner fold scales its columns anew; else they are centred only.
    /// </param>
    public static InnerFold[] Cut(RidgePreset preset, Fold outer, Matrix x, bool rescale)
    {
        Fold[] folds = outer.Inner ?? KFold.Consecutive(x.Rows, preset.InnerSplits);
        return [.. folds.Select(fold => Decompose(fold, preset, x, rescale))];
    }

    /// <summary>Predictions of the validation rows, for each α of a grid in turn.</summary>
    /// <param name="y">[n, t], the outer training rows' targets.</param>
    /// <param name="alphas">Positive.</param>
    public IEnumerable<Matrix> Predict(Matrix y, double[] alphas)
    {
        RidgeTargets targets = new(_decomposition, y.SelectRows(Fold.Train));
        return alphas.Select(alpha => targets.Predict(_validation, alpha));
    }

    private static InnerFold Decompose(Fold fold, RidgePreset preset, Matrix x, bool rescale)
    {
        FeatureScaling scaling = rescale ? preset.Scaling : FeatureScaling.None;
        ScaledFeatures features =
            ScaledFeatures.Of(x.SelectRows(fold.Train), x.SelectRows(fold.Test), scaling);
        RidgeDecomposition decomposition = preset.Scaling == FeatureScaling.None
            ? RidgeDecomposition.OfAnyScale(features.Train)
            : RidgeDecomposition.OfStandardized(features.Train);
        decomposition = decomposition.Truncate(preset.Components);
        Matrix validation = decomposition.Project(features.TestByPreset);
        return new InnerFold(fold, decomposition.WithoutFeatures(), validation);
    }
}
