using AlignBench.Data;
using AlignBench.Features;

namespace AlignBench.Experiments.Kinds;

/// <summary>Takes out units whose images or captions were skipped.</summary>
internal static class PlanUnits
{
    /// <summary>The plan with the units that have all their features under every model.</summary>
    public static ExperimentPlan WithFeatures(
        ExperimentPlan plan, IReadOnlyCollection<FeatureTable> images, IReadOnlyCollection<FeatureTable> captions)
    {
        HashSet<string> noImage = [.. images.SelectMany(table => table.Skipped).Select(skipped => skipped.Id)];
        HashSet<string> noCaption = [.. captions.SelectMany(table => table.Skipped).Select(skipped => skipped.Id)];
        if (noImage.Count + noCaption.Count == 0)
        {
            return plan;
        }

        Dictionary<object, string[][]> shorter = new(ReferenceEqualityComparer.Instance);
        return plan with
        {
            Conditions =
            [
                .. plan.Conditions.Select(Shorten),
            ],
            Counts = [.. plan.Counts, new UnitCount("without_features", noImage.Count + noCaption.Count)],
            Skipped =
            [
                .. plan.Skipped,
                .. images.Concat(captions).SelectMany(table => table.Skipped).Select(AsRow).Distinct(),
            ],
        };

        Condition Shorten(Condition condition)
        {
            // What one condition of the experiment lacks, all lack, so that they stay comparable unit by unit.
            int[] kept =
            [
                .. Enumerable.Range(0, condition.Groups.Length).Where(unit =>
                    !plan.Conditions.Any(other => other.Groups.Length == condition.Groups.Length && Lacks(other, unit))),
            ];
            return condition with
            {
                Images = Keep(condition.Images, kept),
                Captions = Keep(condition.Captions, kept),
                Groups = [.. kept.Select(unit => condition.Groups[unit])],
            };
        }

        bool Lacks(Condition condition, int unit) =>
            condition.Images[unit].Any(noImage.Contains) || condition.Captions[unit].Any(noCaption.Contains);

        // Conditions that share their entries go on sharing them: one decomposition serves all.
        string[][] Keep(string[][] entries, int[] kept)
        {
            if (!shorter.TryGetValue(entries, out string[][]? result))
            {
                result = [.. kept.Select(unit => entries[unit])];
                shorter.Add(entries, result);
            }

            return result;
        }
    }

    private static SkippedRow AsRow(SkippedImage skipped) => new(skipped.Id, skipped.Reason);
}
