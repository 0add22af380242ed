using AlignBench.Data;
using AlignBench.Features;

namespace AlignBench.Experiments;

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

        int[] kept =
        [
            .. Enumerable.Range(0, plan.Groups.Length).Where(unit => plan.Conditions.All(condition =>
                !condition.Images[unit].Any(noImage.Contains) && !condition.Captions[unit].Any(noCaption.Contains))),
        ];
        Dictionary<object, string[][]> shorter = new(ReferenceEqualityComparer.Instance);
        return plan with
        {
            Groups = [.. kept.Select(unit => plan.Groups[unit])],
            Conditions =
            [
                .. plan.Conditions.Select(condition =>
                    new Condition(condition.Name, Keep(condition.Images), Keep(condition.Captions))),
            ],
            Counts = [.. plan.Counts, new UnitCount("without_features", plan.Groups.Length - kept.Length)],
            Skipped =
            [
                .. plan.Skipped,
                .. images.Concat(captions).SelectMany(table => table.Skipped).Select(AsRow).Distinct(),
            ],
        };

        // Conditions that share their entries go on sharing them: one decomposition serves all.
        string[][] Keep(string[][] entries)
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
