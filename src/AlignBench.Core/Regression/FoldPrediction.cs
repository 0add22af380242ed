namespace AlignBench.Regression;

/// <summary>One fold's search and predictions.</summary>
/// <param name="Errors">[alphas], mean squared leave-one-out errors.</param>
/// <param name="Choice">The chosen α.</param>
/// <param name="OwnRows">[m, t], from test rows scaled by their own statistics.</param>
/// <param name="TrainingRows">[m, t], from test rows scaled by the training rows' statistics.</param>
internal sealed record FoldPrediction(
    double[] Errors, AlphaChoice Choice, Matrix OwnRows, Matrix TrainingRows);
