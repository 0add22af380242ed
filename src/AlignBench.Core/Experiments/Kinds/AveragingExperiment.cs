using System.Globalization;
using AlignBench.Data;
using AlignBench.Experiments.Measures;

namespace AlignBench.Experiments.Kinds;

/// <summary>
/// Averages of the first k captions of an image, or of the first k images of a caption (He, Trott and Khosla 2025):
/// does alignment rise with k?
/// </summary>
internal static class AveragingExperiment
{
    private const string OfCaptions = "captions";
    private const string OfImages = "images";
    private const int SmallestUpTo = 2;
    private const int LargestUpTo = 20;         // all subsets of more would be above a million

    /// <summary>The words of <c>average</c>.</summary>
    internal static string[] Averaged { get; } = [OfCaptions, OfImages];

    public static ExperimentKind Kind { get; } = new(
        "averaging",
        "features averaged over the first 1 .. up_to captions of an image, or images of a caption (average: captions or "
            + "images; subsets: all, or a number of random orders; unrelated: true)",
        "He, Trott and Khosla 2025, MS-COCO and Stable Diffusion images",
        Check,
        Plan);

    private static void Check(string file, ExperimentConfig experiment)
    {
        ExperimentKind.RequireWord(file, experiment, "average", experiment.Average, Averaged);
        ExperimentKind.ForbidAllBut(file, experiment, "average", "up_to", "subsets", "unrelated");
        RequireUpTo(file, experiment);
        if (experiment.Subsets is string subsets && !Averages.IsChoice(subsets))
        {
            throw new ConfigException(
                $"{file}: experiment '{experiment.Name}': subsets: expected all or a number of orders, got '{subsets}'");
        }
    }

    /// <summary>Throws unless <c>up_to</c> is there and in bounds.</summary>
    internal static void RequireUpTo(string file, ExperimentConfig experiment)
    {
        if (experiment.UpTo is not (>= SmallestUpTo and <= LargestUpTo))
        {
            string got = experiment.UpTo?.ToString(CultureInfo.InvariantCulture) ?? "nothing";
            throw new ConfigException(
                $"{file}: experiment '{experiment.Name}': up_to: expected {SmallestUpTo} .. {LargestUpTo}, got {got}");
        }
    }

    private static ExperimentPlan Plan(PlanInput input)
    {
        (StudyConfig study, ExperimentConfig experiment, IDataset dataset, DatasetItems items) = input;
        int upTo = experiment.UpTo!.Value;
        bool isOfCaptions = experiment.Average == OfCaptions;
        Item[] usable =
        [
            .. items.Items
                .Where(item => item.Images.Length >= (isOfCaptions ? 1 : upTo))
                .Where(item => item.Captions.Length >= (isOfCaptions ? upTo : 1))
                .OrderBy(item => item.Id, NumericIds.Instance),
        ];
        Item[] units = [.. RandomSample.Draw(usable.Length, study).Select(i => usable[i])];
        Averages averages = new(units, isOfCaptions, upTo, checked((uint)study.Seed));
        return new ExperimentPlan
        {
            Experiment = experiment.Name,
            Dataset = dataset,
            Items = units,
            Conditions = [.. Enumerable.Range(1, upTo).SelectMany(k => Conditions(averages, k, experiment))],
            Contrast = (upTo.ToString(CultureInfo.InvariantCulture), "1"),
            IsCurve = true,
            Figure = isOfCaptions ? "3a" : "3b",
            Counts =
            [
                new("items", items.Items.Count),
                new(isOfCaptions ? "with_all_captions" : "with_all_images", usable.Length),
                new("sampled", units.Length),
            ],
            Skipped = items.Skipped,
        };
    }

    // Those of one k together, so that what they share is decomposed once and dropped early.
    private static IEnumerable<Condition> Conditions(Averages averages, int k, ExperimentConfig experiment) =>
    [
        averages.First(k),
        .. experiment.Subsets is string subsets ? averages.Subsets(k, subsets) : [],
        .. experiment.Unrelated == true ? [averages.Unrelated(k)] : Array.Empty<Condition>(),
    ];
}
