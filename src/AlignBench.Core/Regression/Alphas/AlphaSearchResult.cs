using AlignBench.Regression.Algebra;

namespace AlignBench.Regression.Alphas;

/// <summary>What a search over the grid found on one fold's training rows.</summary>
/// <param name="Choices">One for all targets, or one a target.</param>
/// <param name="Curve">
/// [alphas], what was minimised or maximised, as errors or scores; averaged over targets where each has its
/// own.
/// </param>
internal sealed record AlphaSearchResult(AlphaChoice[] Choices, double[] Curve)
{
    /// <summary>Chooses one α for all targets by the smallest error.</summary>
    public static AlphaSearchResult ByErrors(double[] errors) => new([AlphaChoice.Smallest(errors)], errors);

    /// <summary>Chooses one α for all targets by the largest score.</summary>
    public static AlphaSearchResult ByScores(double[] scores) =>
        new([AlphaChoice.Smallest([.. scores.Select(score => -score)])], scores);

    /// <summary>Chooses an α for each target.</summary>
    /// <param name="errors">[t, alphas].</param>
    public static AlphaSearchResult ByTarget(Matrix errors) => new(
        [.. Enumerable.Range(0, errors.Rows).Select(j => AlphaChoice.Smallest(errors.Row(j)))],
        ColumnScale.MeansOf(errors));
}
