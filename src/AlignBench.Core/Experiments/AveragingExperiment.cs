using System.Globalization;
using AlignBench.Data;
using AlignBench.Features;

namespace AlignBench.Experiments;

/// <summary>
/// Averages of the first k captions of an image, or of the first k images of a caption (He, Trott and Khosla 2025):
/// does alignment rise with k?
/// </summary>
internal static class AveragingExperiment
{
    private const string OfCaptions = "captions";
    private const string OfImages = "images";
    private const int SmallestUpTo = 2;

    public static ExperimentKind Kind { get; } = new(
        "averaging",
        "features averaged over the first 1 .. up_to captions of an image, or images of a caption (average: captions or images)",
        "He, Trott and Khosla 2025, MS-COCO and Stable Diffusion images",
        Check,
        Plan);

    private static void Check(string file, ExperimentConfig experiment)
    {
        ExperimentKind.RequireWord(file, experiment, "average", experiment.Average, OfCaptions, OfImages);
        ExperimentKind.ForbidAllBut(file, experiment, "average", "up_to");
        if (experiment.UpTo is not >= SmallestUpTo)
        {
            string got = experiment.UpTo?.ToString(CultureInfo.InvariantCulture) ?? "nothing";
            throw new ConfigException(
                $"{file}: experiment '{experiment.Name}': up_to: expected {SmallestUpTo} or more, got {got}");
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

        string[][] single = FirstEntries(units, 1);
        string[] groups = [.. units.Select(item => item.Group)];
        return new ExperimentPlan
        {
            Experiment = experiment.Name,
            Dataset = dataset,
            Items = units,
            Conditions =
            [
                .. Enumerable.Range(1, upTo).Select(k => new Condition(
                    k.ToString(CultureInfo.InvariantCulture),
                    isOfCaptions ? single : FirstEntries(units, k),
                    isOfCaptions ? FirstEntries(units, k) : single,
                    groups)),
            ],
            Contrast = (upTo.ToString(CultureInfo.InvariantCulture), "1"),
            IsCurve = true,
            Counts =
            [
                new("items", items.Items.Count),
                new(isOfCaptions ? "with_all_captions" : "with_all_images", usable.Length),
                new("sampled", units.Length),
            ],
            Skipped = items.Skipped,
        };
    }

    private static string[][] FirstEntries(Item[] units, int k) =>
    [
        .. units.Select(item => (string[])[.. Enumerable.Range(0, k).Select(i => DatasetExtraction.Entry(item, i))]),
    ];
}
