using AlignBench.Regression.Algebra;
using AlignBench.Regression.Folds;
using AlignBench.Regression.Presets;

namespace AlignBench.Regression.Alphas;

/// <summary>A score of predictions, averaged over targets.</summary>
internal enum InnerScoring
{
    R2,
    R,
}

/// <summary>One α for all targets: the largest mean over inner folds of a score.</summary>
internal sealed class InnerFoldSearch(
    RidgePreset preset, Fold outer, Matrix x, InnerScoring scoring, bool rescale)
    : IAlphaSearch
{
    private readonly InnerFold[] _folds = InnerFold.Cut(preset, outer, x, rescale);

    public AlphaSearchResult Search(Matrix y, RidgeTargets targets)
    {
        double[] scores = new double[preset.Alphas.Length];
        foreach (InnerFold fold in _folds)
        {
            Matrix truth = y.SelectRows(fold.Fold.Test);
            int a = 0;
            foreach (Matrix predictions in fold.Predict(y, preset.Alphas))
            {
                scores[a++] += Score(predictions, truth) / _folds.Length;
            }
        }

        return AlphaSearchResult.ByScores(scores);
    }

    private double Score(Matrix predictions, Matrix truth) => scoring == InnerScoring.R2
        ? ColumnScores.MeanOfDefined(ColumnScores.R2(predictions, truth))
        : ColumnScores.R(predictions, truth).Average(r => double.IsNaN(r) ? 0.0 : r);
}
