using AlignBench.Data;
using AlignBench.Features;

namespace AlignBench.Experiments.Kinds;

/// <summary>
/// Preferred against non-preferred image of a prompt (He, Trott and Khosla 2025, study 1): is the image that people
/// prefer also the one that is more predictable from the prompt, and predicts it better?
/// </summary>
internal static class PreferenceExperiment
{
    private const string AllPairs = "all";
    private const string FirstPerPrompt = "first_per_prompt";

    /// <summary>The words of <c>pairs</c>.</summary>
    internal static string[] Rules { get; } = [FirstPerPrompt, AllPairs];

    public static ExperimentKind Kind { get; } = new(
        "preference",
        "preferred against non-preferred image of a prompt; ties are dropped (pairs: first_per_prompt or all)",
        "He, Trott and Khosla 2025, Pick-a-Pic",
        Check,
        Plan);

    private static void Check(string file, ExperimentConfig experiment)
    {
        ExperimentKind.RequireWord(file, experiment, "pairs", experiment.Pairs, Rules);
        ExperimentKind.ForbidAllBut(file, experiment, "pairs");
    }

    private static ExperimentPlan Plan(PlanInput input)
    {
        (StudyConfig study, ExperimentConfig experiment, IDataset dataset, DatasetItems items) = input;
        Item[] labelled = [.. items.Items.Where(IsLabelledPair)];
        Item[] decided = [.. labelled.Where(item => item.Labels[0] != item.Labels[1])];
        Item[] usable = experiment.Pairs == AllPairs ? decided : [.. decided.DistinctBy(item => item.Group)];
        Item[] units = [.. RandomSample.Draw(usable.Length, study).Select(i => usable[i])];

        string[][] captions = [.. units.Select(item => (string[])[DatasetExtraction.Entry(item, 0)])];
        string[] groups = [.. units.Select(item => item.Group)];
        return new ExperimentPlan
        {
            Experiment = experiment.Name,
            Dataset = dataset,
            Items = units,
            Conditions =
            [
                new Condition("preferred", Images(units, preferred: true), captions, groups),
                new Condition("nonpreferred", Images(units, preferred: false), captions, groups),
            ],
            Contrast = ("preferred", "nonpreferred"),
            Figure = "2a",
            ComparesImages = true,
            Counts =
            [
                new("pairs", items.Items.Count),
                new("unlabelled", items.Items.Count - labelled.Length),
                new("ties", labelled.Length - decided.Length),
                new("without_ties", decided.Length),
                new("one_per_prompt", decided.DistinctBy(item => item.Group).Count()),
                new("sampled", units.Length),
            ],
            Skipped = items.Skipped,
        };
    }

    private static bool IsLabelledPair(Item item) =>
        item.Images.Length == 2 && item.Captions.Length > 0
        && item.Labels is [double first, double second] && double.IsFinite(first) && double.IsFinite(second);

    private static string[][] Images(Item[] units, bool preferred) =>
    [
        .. units.Select(item =>
        {
            bool isFirst = item.Labels[0] > item.Labels[1];
            return (string[])[DatasetExtraction.Entry(item, isFirst == preferred ? 0 : 1)];
        }),
    ];
}
