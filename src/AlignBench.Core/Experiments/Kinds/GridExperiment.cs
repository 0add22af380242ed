using AlignBench.Data;
using AlignBench.Experiments.Measures;

namespace AlignBench.Experiments.Kinds;

/// <summary>
/// Joint averages: the first m images against the first k captions of an item. The captions may come from another data
/// set, as pictures painted from one caption of a photo have that photo's other captions too.
/// </summary>
internal static class GridExperiment
{
    public static ExperimentKind Kind { get; } = new(
        "grid",
        "the first 1 .. up_to images against the first 1 .. up_to captions (captions_from: a data set with the captions, "
            + "joined by item or caption id)",
        "AlignBench; after He, Trott and Khosla 2025, who average one side at a time",
        Check,
        Plan);

    private static void Check(string file, ExperimentConfig experiment)
    {
        ExperimentKind.ForbidAllBut(file, experiment, "up_to", "captions_from");
        AveragingExperiment.RequireUpTo(file, experiment);
    }

    private static ExperimentPlan Plan(PlanInput input)
    {
        (StudyConfig study, ExperimentConfig experiment, IDataset dataset, DatasetItems items) = input;
        int upTo = experiment.UpTo!.Value;
        Item[] joined = input.Captions is DatasetItems captions ? Join(items.Items, captions.Items) : [.. items.Items];
        Item[] usable =
        [
            .. joined.Where(item => item.Images.Length >= upTo && item.Captions.Length >= upTo)
                .OrderBy(item => item.Id, NumericIds.Instance),
        ];
        Item[] units = [.. RandomSample.Draw(usable.Length, study).Select(i => usable[i])];
        string[] groups = [.. units.Select(item => item.Group)];
        string[][][] firsts =
            [.. Enumerable.Range(1, upTo).Select(k => Averages.Take(units, [.. Enumerable.Range(0, k)]))];
        return new ExperimentPlan
        {
            Experiment = experiment.Name,
            Dataset = dataset,
            Items = units,
            Conditions =
            [
                .. from m in Enumerable.Range(1, upTo)
                   from k in Enumerable.Range(1, upTo)
                   select new Condition(Name(m, k), firsts[m - 1], firsts[k - 1], groups),
            ],
            Contrast = (Name(upTo, upTo), Name(1, 1)),
            IsGrid = true,
            Counts =
            [
                new("items", items.Items.Count),
                new("with_captions", joined.Length),
                new("with_all_images_and_captions", usable.Length),
                new("sampled", units.Length),
            ],
            Skipped = [.. items.Skipped, .. input.Captions?.Skipped ?? []],
        };
    }

    private static string Name(int m, int k) => FormattableString.Invariant($"{m}x{k}");

    /// <summary>Items with the captions of the other set's item that has the same id, or a caption of that id.</summary>
    private static Item[] Join(IReadOnlyList<Item> pictures, IReadOnlyList<Item> texts)
    {
        Dictionary<string, Item> ofId = [];
        foreach (Item text in texts)
        {
            ofId.TryAdd(text.Id, text);
        }

        Dictionary<string, Item> ofCaption = [];
        foreach (Item text in texts)
        {
            foreach (Caption caption in text.Captions)
            {
                ofCaption.TryAdd(caption.Id, text);
            }
        }

        // A caption's id comes first: a picture's prompt is a caption, and image ids may be the same numbers.
        return
        [
            .. from picture in pictures
               let text = ofCaption.GetValueOrDefault(picture.Id) ?? ofId.GetValueOrDefault(picture.Id)
               where text is not null
               select picture with { Group = text.Group, Captions = text.Captions },
        ];
    }
}
