using AlignBench.Regression.Algebra;
using AlignBench.Regression.Folds;
using AlignBench.Regression.Presets;

namespace AlignBench.Regression.Alphas;

/// <summary>
/// An α for each target: the smallest mean over inner folds of the squared error, less 1e-10 ln α. The term
/// is himalaya's (ridge/_random_search.py, against ties): where errors are below it, it alone decides, in
/// favour of the largest α.
/// </summary>
internal sealed class InnerErrorSearch(RidgePreset preset, Fold outer, Matrix x) : IAlphaSearch
{
    private const double LogAlphaWeight = 1e-10;

    private readonly InnerFold[] _folds = InnerFold.Cut(preset, outer, x, rescale: false);

    public AlphaSearchResult Search(Matrix y, RidgeTargets targets)
    {
        int count = preset.Alphas.Length;
        Matrix errors = new(y.Columns, count);
        foreach (InnerFold fold in _folds)
        {
            Matrix truth = y.SelectRows(fold.Fold.Test);
            int a = 0;
            foreach (Matrix predictions in fold.Predict(y, preset.Alphas))
            {
                double[] means = ColumnScores.MeanSquaredErrors(predictions, truth);
                for (int j = 0; j < means.Length; j++)
                {
                    errors.Values[(j * count) + a] += means[j] / _folds.Length;
                }

                a++;
            }
        }

        for (int i = 0; i < errors.Values.Length; i++)
        {
            errors.Values[i] -= LogAlphaWeight * Math.Log(preset.Alphas[i % count]);
        }

        return AlphaSearchResult.ByTarget(errors);
    }
}
