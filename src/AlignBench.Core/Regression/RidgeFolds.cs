using AlignBench.Features;
using AlignBench.Regression.Folds;
using AlignBench.Regression.Presets;

namespace AlignBench.Regression;

/// <summary>
/// One model's features decomposed once for every fold, to predict any number of partners. The two directions
/// of a pair are the folds of one model scored with the other's features, and the reverse.
/// </summary>
public sealed class RidgeFolds
{
    private readonly RidgePreset _preset;

    /// <param name="folds">One a fold, in order; they may have been decomposed on different threads.</param>
    /// <param name="preset">The one they were decomposed with.</param>
    public RidgeFolds(IReadOnlyList<RidgeFold> folds, RidgePreset preset)
    {
        Folds = folds;
        _preset = preset;
    }

    public IReadOnlyList<RidgeFold> Folds { get; }

    /// <summary>Decomposes fold after fold on the calling thread.</summary>
    /// <param name="x">[n, d], finite.</param>
    /// <param name="folds">From <see cref="KFold"/> or any other way to cut the rows.</param>
    /// <param name="preset">How.</param>
    /// <param name="cancellation">Looked at between folds.</param>
    /// <exception cref="ArgumentException">A value is not finite, or a fold is too small.</exception>
    public static RidgeFolds Decompose(
        FeatureMatrix x, Fold[] folds, RidgePreset preset, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folds);
        RidgeFold[] decomposed = new RidgeFold[folds.Length];
        for (int i = 0; i < folds.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            decomposed[i] = RidgeFold.Decompose(x, i, folds[i], preset);
        }

        return new RidgeFolds(decomposed, preset);
    }

    /// <summary>Scores how well the decomposed features predict <paramref name="y"/>.</summary>
    /// <param name="y">[n, t], finite, paired row for row.</param>
    /// <param name="cancellation">Looked at between folds.</param>
    /// <exception cref="ArgumentException">The row counts differ or a value is not finite.</exception>
    public PredictivityResult Score(FeatureMatrix y, CancellationToken cancellation = default)
    {
        FoldScore[] scores = new FoldScore[Folds.Count];
        for (int i = 0; i < scores.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            scores[i] = Folds[i].Score(y);
        }

        return new PredictivityResult(_preset.Name, scores);
    }
}
