using AlignBench.Regression.Algebra;
using AlignBench.Regression.Alphas;

namespace AlignBench.Regression;

/// <summary>One fold's search and predictions.</summary>
/// <param name="Search">The chosen α.</param>
/// <param name="Truth">[m, t], the test rows' targets.</param>
/// <param name="ByPreset">[m, t], predictions from test rows scaled as the preset says.</param>
/// <param name="ByTrainingRows">[m, t], from test rows scaled by the training rows' statistics.</param>
internal sealed record FoldPrediction(
    AlphaSearchResult Search, Matrix Truth, Matrix ByPreset, Matrix ByTrainingRows);
