using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Regression;

namespace AlignBench.Experiments.Tables;

/// <summary>Scores by layer: a heat map, and what choosing the best layers on training rows alone gives.</summary>
internal static class LayerTables
{
    /// <summary>A row for each pair of layers.</summary>
    public static PlanTable Scores(ExperimentPlan plan, IReadOnlyList<LayerScores> scores) => new(
        "layers.csv",
        [
            "experiment", "folding", "condition", "vision", "language", "direction", "vision_layer", "language_layer",
            "score", "score_train_statistics", "inner_score", "folds_chosen",
        ],
        [
            .. from pair in scores
               let chosen = pair.Chosen
               from v in Enumerable.Range(0, pair.Results.GetLength(0))
               from l in Enumerable.Range(0, pair.Results.GetLength(1))
               let result = pair.Results[v, l]
               select (object?[])
               [
                   .. Keys(plan, pair), v, l, result.MeanR, result.MeanRTrainStatistics,
                   Enumerable.Range(0, pair.Inner.GetLength(2)).Average(fold => pair.Inner[v, l, fold]),
                   chosen.Count(layers => layers == (v, l)),
               ],
        ]);

    /// <summary>
    /// A row for each pair of models: each fold scored at the layers that are best inside its training rows, beside the
    /// best of the heat map, which has seen the test rows and so is too high.
    /// </summary>
    public static PlanTable Best(ExperimentPlan plan, IReadOnlyList<LayerScores> scores) => new(
        "layers_best.csv",
        [
            "experiment", "folding", "condition", "vision", "language", "direction", "score", "score_train_statistics",
            "vision_layers", "language_layers", "best_of_map",
        ],
        [
            .. from pair in scores
               let chosen = pair.Chosen
               let folds = chosen.Select((layers, fold) =>
                   layers.Vision < 0 ? null : pair.Results[layers.Vision, layers.Language].Folds[fold]).ToArray()
               select (object?[])
               [
                   .. Keys(plan, pair), Mean(folds, fold => fold.MeanR), Mean(folds, fold => fold.MeanRTrainStatistics),
                   string.Join(' ', chosen.Select(layers => layers.Vision)),
                   string.Join(' ', chosen.Select(layers => layers.Language)), BestOf(pair),
               ],
        ]);

    private static double Mean(FoldScore?[] folds, Func<FoldScore, double> score) =>
        folds.Average(fold => fold is null ? double.NaN : score(fold));

    private static double BestOf(LayerScores pair) =>
        pair.Results.Cast<PredictivityResult>().Select(result => result.MeanR)
            .Where(score => !double.IsNaN(score)).DefaultIfEmpty(double.NaN).Max();

    private static object?[] Keys(ExperimentPlan plan, LayerScores pair) =>
        [plan.Experiment, plan.Folding, pair.Condition.Name, pair.Vision, pair.Language, pair.Direction];
}
