using AlignBench.Experiments.Kinds;
using AlignBench.Features;
using AlignBench.Regression;
using AlignBench.Regression.Folds;

namespace AlignBench.Experiments.Measures;

/// <summary>The scores of one pair of models in one direction and condition, for every pair of their layers.</summary>
/// <param name="Condition">The experiment's condition.</param>
/// <param name="Vision">Vision model.</param>
/// <param name="Language">Language model.</param>
/// <param name="Direction">Which predicts which.</param>
internal sealed record LayerScores(Condition Condition, string Vision, string Language, string Direction)
{
    /// <summary>[vision layers, language layers].</summary>
    public required PredictivityResult[,] Results { get; init; }

    /// <summary>
    /// [vision layers, language layers, folds]: the score by cross-validation inside a fold's training rows alone.
    /// </summary>
    public required double[,,] Inner { get; init; }

    /// <summary>[folds] the layers with the best inner score; the first of equal ones; -1 where none is defined.</summary>
    public (int Vision, int Language)[] Chosen =>
        [.. Enumerable.Range(0, Inner.GetLength(2)).Select(Choose)];

    private (int Vision, int Language) Choose(int fold)
    {
        (int Vision, int Language) best = (-1, -1);
        double highest = double.NegativeInfinity;
        for (int v = 0; v < Inner.GetLength(0); v++)
        {
            for (int l = 0; l < Inner.GetLength(1); l++)
            {
                if (Inner[v, l, fold] > highest)
                {
                    highest = Inner[v, l, fold];
                    best = (v, l);
                }
            }
        }

        return best;
    }
}

/// <summary>
/// Scores every layer of every vision model against every layer of every language model. Each layer's features are
/// decomposed once for each fold, and once for each fold inside a fold's training rows, whatever the partners.
/// </summary>
internal sealed class LayerScorer(Scoring scoring)
{
    /// <param name="plan">Its main conditions are scored.</param>
    /// <param name="vision">With all their layers.</param>
    /// <param name="language">With all their layers.</param>
    /// <param name="cancellation">Looked at between folds.</param>
    public IReadOnlyList<LayerScores> Score(
        ExperimentPlan plan, ModelFeatures[] vision, ModelFeatures[] language, CancellationToken cancellation)
    {
        UnitFolds cut = new(plan, scoring.Preset, vision[0].Table, language[0].Table);
        List<LayerScores> scores = [];
        foreach (Condition condition in plan.Main)
        {
            Fold[] folds = cut.Of(condition);
            Fold[][] inside = [.. folds.Select(fold => cut.Inside(condition, fold))];
            Side images = new(vision, condition.Images);
            Side captions = new(language, condition.Captions);
            foreach (string direction in Direction.All)
            {
                bool toVision = direction == Direction.LanguageToVision;
                LayerScores[,] ofPairs = Empty(condition, vision, language, direction, folds.Length);
                ScoreAll(toVision ? captions : images, toVision ? images : captions, folds, inside, ofPairs, toVision, cancellation);
                scores.AddRange(ofPairs.Cast<LayerScores>());
            }
        }

        return scores;
    }

    private void ScoreAll(
        Side x, Side y, Fold[] folds, Fold[][] inside, LayerScores[,] scores, bool toVision, CancellationToken cancellation)
    {
        FeatureMatrix[][] targets = y.All();
        ParallelOptions options = new() { MaxDegreeOfParallelism = scoring.Threads, CancellationToken = cancellation };
        Parallel.ForEach(x.Places(), options, place =>
        {
            FeatureMatrix features = x.Of(place.Model, place.Layer);
            RidgeFolds outer = RidgeFolds.Decompose(features, folds, scoring.Preset, cancellation);
            foreach ((int model, int layer) in y.Places())
            {
                LayerScores cell = toVision ? scores[model, place.Model] : scores[place.Model, model];
                (int v, int l) = toVision ? (layer, place.Layer) : (place.Layer, layer);
                cell.Results[v, l] = outer.Score(targets[model][layer], cancellation);
            }

            for (int fold = 0; fold < folds.Length; fold++)
            {
                int[] train = folds[fold].Train;
                RidgeFolds inner = RidgeFolds.Decompose(
                    features.SelectRows(train), inside[fold], scoring.Preset, cancellation);
                foreach ((int model, int layer) in y.Places())
                {
                    LayerScores cell = toVision ? scores[model, place.Model] : scores[place.Model, model];
                    (int v, int l) = toVision ? (layer, place.Layer) : (place.Layer, layer);
                    cell.Inner[v, l, fold] = inner.Score(targets[model][layer].SelectRows(train), cancellation).MeanR;
                }
            }
        });
    }

    private static LayerScores[,] Empty(
        Condition condition, ModelFeatures[] vision, ModelFeatures[] language, string direction, int folds)
    {
        LayerScores[,] scores = new LayerScores[vision.Length, language.Length];
        for (int v = 0; v < vision.Length; v++)
        {
            for (int l = 0; l < language.Length; l++)
            {
                (int deep, int wide) = (vision[v].Layers.Count, language[l].Layers.Count);
                scores[v, l] = new LayerScores(condition, vision[v].Model, language[l].Model, direction)
                {
                    Results = new PredictivityResult[deep, wide],
                    Inner = new double[deep, wide, folds],
                };
            }
        }

        return scores;
    }

    /// <summary>One side's models under one condition.</summary>
    private sealed class Side(ModelFeatures[] models, string[][] entries)
    {
        public IEnumerable<(int Model, int Layer)> Places() =>
            from model in Enumerable.Range(0, models.Length)
            from layer in Enumerable.Range(0, models[model].Layers.Count)
            select (model, layer);

        public FeatureMatrix Of(int model, int layer) => models[model].Layers[layer].Average(entries);

        public FeatureMatrix[][] All() =>
            [.. models.Select((model, i) => model.Layers.Select((_, layer) => Of(i, layer)).ToArray())];
    }
}
