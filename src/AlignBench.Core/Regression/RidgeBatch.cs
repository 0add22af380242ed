using System.Collections.Concurrent;
using AlignBench.Features;
using AlignBench.Regression.Folds;
using AlignBench.Regression.Presets;

namespace AlignBench.Regression;

/// <summary>
/// Many models at a time: every decomposition and every score of a fold is a piece of work of its own, so that
/// threads stay busy with few models. Each piece runs on one thread; results do not depend on their number.
/// </summary>
/// <param name="preset">How.</param>
/// <param name="threads">Pieces at a time, 1 or more.</param>
/// <param name="cancellation">Looked at between pieces.</param>
public sealed class RidgeBatch(RidgePreset preset, int threads, CancellationToken cancellation)
{
    /// <summary>Decomposes every model's features for every fold.</summary>
    /// <param name="models">Each [n, d], finite.</param>
    /// <param name="folds">Of the n rows.</param>
    /// <exception cref="ArgumentException">A value is not finite, or a fold is too small.</exception>
    public RidgeFolds[] Decompose(IReadOnlyList<FeatureMatrix> models, Fold[] folds)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(folds);
        RidgeFold[][] decomposed = [.. models.Select(_ => new RidgeFold[folds.Length])];
        int[] widestFirst = [.. Enumerable.Range(0, models.Count).OrderByDescending(i => models[i].Columns)];
        ForEach(
            [.. from model in widestFirst from fold in Enumerable.Range(0, folds.Length) select (model, fold)],
            piece => decomposed[piece.model][piece.fold] =
                RidgeFold.Decompose(models[piece.model], piece.fold, folds[piece.fold], preset));
        return [.. decomposed.Select(ofModel => new RidgeFolds(ofModel, preset))];
    }

    /// <summary>
    /// Scores pairs, fold after fold: what a fold needs of its targets is made once, for all models that predict them.
    /// </summary>
    /// <param name="pairs">Decomposed features, all for the same folds, and [n, t] targets paired row for row.</param>
    /// <exception cref="ArgumentException">The row counts differ or a value is not finite.</exception>
    public PredictivityResult[] Score(IReadOnlyList<(RidgeFolds X, FeatureMatrix Y)> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        int folds = pairs.Count == 0 ? 0 : pairs[0].X.Folds.Count;
        FoldScore[][] scores = [.. pairs.Select(_ => new FoldScore[folds])];
        FeatureMatrix[] distinct = [.. pairs.Select(pair => pair.Y).Distinct().OrderByDescending(y => y.Columns)];
        int[] widestFirst = [.. Enumerable.Range(0, pairs.Count).OrderByDescending(i => pairs[i].Y.Columns)];
        for (int fold = 0; fold < folds; fold++)
        {
            Fold rows = pairs[0].X.Folds[fold].Fold;
            ConcurrentDictionary<FeatureMatrix, FoldTargets> targets = new(ReferenceEqualityComparer.Instance);
            ForEach(distinct, y => targets[y] = FoldTargets.Of(y, rows, preset));
            ForEach(widestFirst, i => scores[i][fold] = pairs[i].X.Folds[fold].Score(targets[pairs[i].Y]));
        }

        return [.. scores.Select(ofPair => new PredictivityResult(preset.Name, ofPair))];
    }

    // One piece after the other in the given order, not in ranges: few and unequal ones would leave a thread idle.
    private void ForEach<T>(T[] pieces, Action<T> work) =>
        Parallel.ForEach(
            Partitioner.Create(pieces, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            work);
}
