using AlignBench.Experiments.Kinds;
using AlignBench.Features;
using AlignBench.Regression.Folds;
using AlignBench.Regression.Presets;

namespace AlignBench.Experiments.Measures;

/// <summary>Cuts the folds of each condition; conditions of the same units have the same folds.</summary>
/// <param name="plan">Its conditions and how they are cut.</param>
/// <param name="preset">Number of folds, seed.</param>
/// <param name="images">Features of any vision model.</param>
/// <param name="captions">Features of any language model.</param>
internal sealed class UnitFolds(
    ExperimentPlan plan, RidgePreset preset, FeatureTable images, FeatureTable captions)
{
    private const int SmallestTest = 2;
    private readonly List<(string[] Groups, Fold[] Folds)> _cut = [];

    /// <exception cref="DataException">There are too few groups.</exception>
    public Fold[] Of(Condition condition)
    {
        Fold[]? known = _cut.FirstOrDefault(cut => cut.Groups.SequenceEqual(condition.Groups)).Folds;
        if (known is null)
        {
            known = plan.Folding == Folding.Grouped
                ? Grouped(condition)
                : KFold.Shuffled(condition.Groups.Length, preset.Splits, preset.Seed);
            _cut.Add((condition.Groups, known));
        }

        return known;
    }

    /// <summary>Test units, over all folds, that the condition's own contents connect with a training unit.</summary>
    public int TrainedGroups(Condition condition) =>
        GroupKFold.CountTrainedGroups(UnitGroups.Connect([condition], images, captions), Of(condition));

    /// <summary>
    /// The training rows of a fold cut again, as all rows were: places in <see cref="Fold.Train"/>. Grouped ones keep groups
    /// together down to the inner folds of a preset that has some.
    /// </summary>
    public Fold[] Inside(Condition condition, Fold fold)
    {
        if (plan.Folding != Folding.Grouped)
        {
            return KFold.Shuffled(fold.Train.Length, preset.Splits, preset.Seed);
        }

        string[] labels = Labels(condition);
        string[] inside = [.. fold.Train.Select(row => labels[row])];
        return preset.HasInnerFolds
            ? GroupKFold.Nested(inside, preset.InnerSplits, preset.InnerSplits, StringComparer.Ordinal)
            : fold.Inner!;
    }

    // One condition's folds hold in all, so what any of them shares must stay together.
    private string[] Labels(Condition condition)
    {
        Condition[] sameUnits = [.. plan.Main.Where(other => other.Groups.SequenceEqual(condition.Groups))];
        return UnitGroups.Connect(sameUnits.Length > 0 ? sameUnits : [condition], images, captions);
    }

    private Fold[] Grouped(Condition condition)
    {
        string[] labels = Labels(condition);
        int groups = labels.Distinct().Count();
        try
        {
            Fold[] folds = GroupKFold.Nested(labels, preset.Splits, preset.InnerSplits, StringComparer.Ordinal);
            if (folds.All(fold => fold.Test.Length >= SmallestTest))
            {
                return folds;
            }
        }
        catch (ArgumentOutOfRangeException)
        {
            // fewer groups than folds: the same for the user
        }

        throw new DataException(
            $"experiment '{plan.Experiment}': grouped folds need more groups than the {groups} of its "
            + $"{labels.Length} units for {preset.Splits} folds, each with {preset.InnerSplits} inner folds");
    }
}
