using AlignBench.Features;
using AlignBench.Regression.Algebra;
using AlignBench.Regression.Alphas;
using AlignBench.Regression.Folds;
using AlignBench.Regression.Presets;

namespace AlignBench.Regression;

/// <summary>
/// One model's features decomposed for one fold, ready to predict any partner's features. Immutable: threads
/// may share it, and folds of one or several models may be decomposed side by side.
/// </summary>
public sealed class RidgeFold
{
    private readonly RidgePreset _preset;
    private readonly RidgeDecomposition _decomposition;
    private readonly IAlphaSearch _search;
    private readonly Matrix _byPreset;           // [m, k], test rows scaled as the preset says, projected
    private readonly Matrix _byTrainingRows;     // [m, k], test rows scaled by the training rows' statistics

    private RidgeFold(
        int index, Fold fold, RidgePreset preset, RidgeDecomposition decomposition, IAlphaSearch search,
        Matrix byPreset, Matrix byTrainingRows)
    {
        Index = index;
        Fold = fold;
        _preset = preset;
        _decomposition = decomposition;
        _search = search;
        _byPreset = byPreset;
        _byTrainingRows = byTrainingRows;
    }

    /// <summary>Position among the folds, from 0.</summary>
    public int Index { get; }

    public Fold Fold { get; }

    /// <summary>Scales and decomposes the training rows: O(n d min(n, d)) on the calling thread.</summary>
    /// <param name="x">[n, d], finite.</param>
    /// <param name="index">Position of the fold, for the result.</param>
    /// <param name="fold">At least three training rows and two test rows.</param>
    /// <param name="preset">How.</param>
    /// <exception cref="ArgumentException">A value is not finite, or the fold is too small.</exception>
    /// <exception cref="ConfigException">A number of the preset can't be used.</exception>
    public static RidgeFold Decompose(FeatureMatrix x, int index, Fold fold, RidgePreset preset)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(fold);
        ArgumentNullException.ThrowIfNull(preset);
        preset.ThrowIfUnusable();
        if (fold.Train.Length < 3 || fold.Test.Length < 2)
        {
            throw new ArgumentException(
                $"fold {index}: expected at least 3 training and 2 test rows, "
                + $"got {fold.Train.Length} and {fold.Test.Length}");
        }

        Matrix.ThrowIfNotFinite(x, nameof(x));
        Matrix train = Matrix.Of(x).SelectRows(fold.Train);
        Matrix test = Matrix.Of(x).SelectRows(fold.Test);
        ScaledFeatures features = ScaledFeatures.Of(train, test, preset.Scaling);
        RidgeDecomposition decomposition = preset.Scaling == FeatureScaling.None
            ? RidgeDecomposition.OfAnyScale(features.Train)
            : RidgeDecomposition.OfStandardized(features.Train);
        decomposition = decomposition.Truncate(preset.Components);
        Matrix byPreset = decomposition.Project(features.TestByPreset);
        Matrix byTrainingRows = ReferenceEquals(features.TestByPreset, features.TestByTrainingRows)
            ? byPreset
            : decomposition.Project(features.TestByTrainingRows);

        decomposition = decomposition.WithoutFeatures();
        IAlphaSearch search = AlphaSearch.Create(preset, fold, train, features.Train, decomposition);
        return new RidgeFold(index, fold, preset, decomposition, search, byPreset, byTrainingRows);
    }

    /// <summary>Chooses α on the training rows and scores the predictions of the test rows.</summary>
    /// <param name="y">[n, t], finite, row i paired with row i of the decomposed features.</param>
    /// <exception cref="ArgumentException">The row counts differ or a value is not finite.</exception>
    public FoldScore Score(FeatureMatrix y) => Score(FoldTargets.Of(y, Fold, _preset));

    /// <summary>The same for targets that several models are to predict.</summary>
    /// <param name="y">Of this fold and preset.</param>
    public FoldScore Score(FoldTargets y)
    {
        ArgumentNullException.ThrowIfNull(y);
        FoldPrediction prediction = Predict(y);
        double[] r = ColumnScores.R(prediction.ByPreset, prediction.Truth);
        double[] rTraining = ReferenceEquals(prediction.ByPreset, prediction.ByTrainingRows)
            ? r
            : ColumnScores.R(prediction.ByTrainingRows, prediction.Truth);
        double[] r2 = ColumnScores.R2(prediction.ByPreset, prediction.Truth);
        AlphaChoice[] choices = prediction.Search.Choices;
        int last = _preset.Alphas.Length - 1;
        return new FoldScore
        {
            Fold = Index,
            Alphas = [.. choices.Select(choice => _preset.Alphas[choice.Index])],
            AlphasAtEdge = last == 0 ? 0 : choices.Count(choice => choice.Index == 0 || choice.Index == last),
            SearchCurve = prediction.Search.Curve,
            GapToSecond = choices.Min(choice => choice.GapToSecond),
            R = r,
            RTrainStatistics = rTraining,
            R2 = r2,
            RowR = RowScores.R(prediction.ByPreset, prediction.Truth),
            MeanR = ColumnScores.MeanOfDefined(r),
            MeanRTrainStatistics = ColumnScores.MeanOfDefined(rTraining),
            MeanR2 = ColumnScores.MeanOfDefined(r2),
            ConstantTargets = ColumnScores.CountConstant(prediction.Truth),
        };
    }

    /// <summary>The search and the predictions behind a score.</summary>
    internal FoldPrediction Predict(FeatureMatrix y) => Predict(FoldTargets.Of(y, Fold, _preset));

    private FoldPrediction Predict(FoldTargets y)
    {
        RidgeTargets targets = new(_decomposition, y.Reduced ?? y.Centred, y.Means);
        AlphaSearchResult search = _search.Search(y.Centred, targets);
        double[] alphas = [.. search.Choices.Select(choice => _preset.Alphas[choice.Index])];
        Matrix byPreset = Of(_byPreset);
        return new FoldPrediction(
            search, y.Truth, byPreset, ReferenceEquals(_byPreset, _byTrainingRows) ? byPreset : Of(_byTrainingRows));

        Matrix Of(Matrix projection) => y.Reduced is null
            ? targets.Predict(projection, alphas)
            : y.Predict(_decomposition.Kernel(projection, alphas[0]));
    }
}
