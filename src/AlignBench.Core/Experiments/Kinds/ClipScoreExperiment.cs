using AlignBench.Data;
using AlignBench.Experiments.Measures;
using AlignBench.Features;

namespace AlignBench.Experiments.Kinds;

/// <summary>
/// Captions with the higher against those with the lower CLIP score (He, Trott and Khosla 2025, study 1b): is a caption
/// that fits its image better also the one that is more predictable from it? The paper's words allow three splits.
/// </summary>
internal static class ClipScoreExperiment
{
    private const string BestWorst = "best_worst";
    private const string TwoOfFive = "two_of_five";
    private const string Median = "median";
    private const string High = "high";
    private const string Low = "low";
    private const int CaptionsOfAnImage = 5;

    /// <summary>CLIP's projected vectors.</summary>
    internal const string Embeds = "embeds";

    /// <summary>The words of <c>split</c>.</summary>
    internal static string[] Splits { get; } = [BestWorst, TwoOfFive, Median];

    public static ExperimentKind Kind { get; } = new(
        "clip_score",
        "captions with the higher against those with the lower CLIP score (clip: checkpoint; prefix; split: best_worst, two_of_five or median)",
        "He, Trott and Khosla 2025, MS-COCO; Hessel et al. 2021, CLIPScore",
        Check,
        Plan);

    private static void Check(string file, ExperimentConfig experiment)
    {
        ExperimentKind.RequireWord(file, experiment, "split", experiment.Split, Splits);
        ExperimentKind.ForbidAllBut(file, experiment, "clip", "prefix", "split");
        if (experiment.Clip is null)
        {
            throw new ConfigException($"{file}: experiment '{experiment.Name}': clip: expected a CLIP checkpoint, got nothing");
        }
    }

    private static ExperimentPlan Plan(PlanInput input)
    {
        (StudyConfig study, ExperimentConfig experiment, IDataset dataset, DatasetItems items) = input;
        int needed = experiment.Split == TwoOfFive ? CaptionsOfAnImage : 2;
        Item[] usable =
        [
            .. items.Items.Where(item => item.Images.Length > 0 && item.Captions.Length >= needed)
                .OrderBy(item => item.Id, NumericIds.Instance)
                .Select(item => item with { Captions = [.. item.Captions.Take(CaptionsOfAnImage)] }),
        ];
        Item[] units = [.. RandomSample.Draw(usable.Length, study).Select(i => usable[i])];
        ScoredCaption[] scored = Score(units, input);
        (ScoredCaption[] high, ScoredCaption[] low) = experiment.Split switch
        {
            BestWorst => (OfEachImage(scored, 1, highest: true), OfEachImage(scored, 1, highest: false)),
            TwoOfFive => (OfEachImage(scored, 2, highest: true), OfEachImage(scored, 2, highest: false)),
            _ => Halves(scored),
        };
        return new ExperimentPlan
        {
            Experiment = experiment.Name,
            Dataset = dataset,
            Items = units,
            Conditions = [AsCondition(High, high), AsCondition(Low, low)],
            Contrast = (High, Low),
            Figure = "2b",
            ScoredCaptions = scored,
            Counts =
            [
                new("items", items.Items.Count),
                new("with_captions", usable.Length),
                new("sampled", units.Length),
                new("captions_scored", scored.Length),
            ],
            Skipped = items.Skipped,
            Tables = [Table(dataset, experiment, scored)],
        };
    }

    /// <summary>Every caption of the units; without features none has a score.</summary>
    private static ScoredCaption[] Score(Item[] units, PlanInput input)
    {
        if (input.Features is not PlanFeatures features)
        {
            return
            [
                .. units.SelectMany(item => item.Captions.Select((_, k) =>
                    new ScoredCaption(item, k, double.NaN, double.NaN))),
            ];
        }

        ModelSource clip = ModelSource.Find(input.Experiment.Clip!, input.Study.Root, input.Study.Precision)
            .RequireImages().RequireCaptions();
        string[] images = [.. units.Select(item => DatasetExtraction.Entry(item, 0))];
        string[] captions =
        [
            .. units.SelectMany(item => item.Captions.Select((_, k) => DatasetExtraction.Entry(item, k))),
        ];
        FeatureRequests requests = new(input.Dataset, units, features.MaxSkipped);
        FeatureTable imageEmbeds = features.Of(requests.Images(images), clip, [Embeds], input.Cancellation)[0];
        FeatureTable captionEmbeds = features.Of(
            requests.Captions(captions, input.Experiment.Prefix ?? ""), clip, [Embeds], input.Cancellation)[0];
        return
        [
            .. units.Where(item => imageEmbeds.Contains(DatasetExtraction.Entry(item, 0)))
                .SelectMany(item => ScoredCaption.OfItem(item, imageEmbeds, captionEmbeds)),
        ];
    }

    /// <summary>The highest or lowest captions of each image; equal ones in the data's order.</summary>
    private static ScoredCaption[] OfEachImage(ScoredCaption[] scored, int count, bool highest) =>
    [
        .. scored.GroupBy(caption => caption.Item.Id).SelectMany(ofImage =>
            (highest ? ofImage.OrderByDescending(caption => caption.Cosine) : ofImage.OrderBy(caption => caption.Cosine))
                .Take(count)),
    ];

    /// <summary>All captions pooled, the upper and the lower half, each in the data's order; a middle one is left out.</summary>
    private static (ScoredCaption[] High, ScoredCaption[] Low) Halves(ScoredCaption[] scored)
    {
        int half = scored.Length / 2;
        int[] order = [.. Enumerable.Range(0, scored.Length).OrderByDescending(i => scored[i].Cosine)];
        return ([.. order[..half].Order().Select(i => scored[i])], [.. order[^half..].Order().Select(i => scored[i])]);
    }

    private static Condition AsCondition(string name, ScoredCaption[] captions) => new(
        name,
        [.. captions.Select(caption => (string[])[DatasetExtraction.Entry(caption.Item, 0)])],
        [.. captions.Select(caption => (string[])[DatasetExtraction.Entry(caption.Item, caption.Index)])],
        [.. captions.Select(caption => caption.Item.Group)]);

    private static PlanTable Table(IDataset dataset, ExperimentConfig experiment, ScoredCaption[] scored) => new(
        $"{dataset.Name}_clip_scores.csv",
        ["image_id", "caption_id", "cosine", "clip_score", "ref_clip_score", "caption", "clip", "prefix"],
        [
            .. scored.Select(caption => (object?[])
            [
                caption.Item.Id, caption.Item.Captions[caption.Index].Id, caption.Cosine, caption.ClipScore,
                caption.RefClipScore, caption.Item.Captions[caption.Index].Text,
                ModelLocator.ShortName(experiment.Clip!), experiment.Prefix ?? "",
            ]),
        ]);
}
