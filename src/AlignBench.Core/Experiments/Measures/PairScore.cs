using AlignBench.Experiments.Kinds;
using AlignBench.Regression;
using AlignBench.Regression.Folds;
using AlignBench.Statistics;

namespace AlignBench.Experiments.Measures;

/// <summary>One row of <c>predictivity.csv</c>: how well one model's features predict another's.</summary>
/// <param name="Condition">The experiment's condition.</param>
/// <param name="Vision">Vision model.</param>
/// <param name="Language">Language model.</param>
/// <param name="Direction">Which predicts which.</param>
/// <param name="Folds">The rows of each fold.</param>
/// <param name="TrainedGroups">Test items, over all folds, whose prompt, image or caption a training item has too.</param>
/// <param name="Result">Scores and alphas, a fold each.</param>
public sealed record PairScore(
    Condition Condition,
    string Vision,
    string Language,
    string Direction,
    Fold[] Folds,
    int TrainedGroups,
    PredictivityResult Result)
{
    /// <summary>Sum over targets of the population variance over all units, in squared units of Y.</summary>
    public required double TargetVariance { get; init; }

    /// <summary>Scores of shuffled pairings, if asked for.</summary>
    public PermutationNull? Chance { get; init; }

    /// <summary>Scores of test units drawn again, if asked for.</summary>
    public BootstrapDistribution? Bootstrap { get; init; }
}

/// <summary>The two directions of prediction, by the words of the tables.</summary>
public static class Direction
{
    /// <summary>X = language features, Y = vision features.</summary>
    public const string LanguageToVision = "language_to_vision";

    /// <summary>X = vision features, Y = language features.</summary>
    public const string VisionToLanguage = "vision_to_language";

    public static IReadOnlyList<string> All { get; } = [LanguageToVision, VisionToLanguage];
}

/// <summary>What one experiment found.</summary>
/// <param name="Plan">What was computed, with the units that have features.</param>
/// <param name="Scores">Condition by condition, pair by pair, direction by direction.</param>
public sealed record ExperimentResult(ExperimentPlan Plan, IReadOnlyList<PairScore> Scores)
{
    /// <summary>The scores of the main tables.</summary>
    internal IEnumerable<PairScore> Main => Scores.Where(score => score.Condition.Series == Condition.MainSeries);
}
