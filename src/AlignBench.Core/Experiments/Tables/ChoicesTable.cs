using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Regression.Presets;
using AlignBench.Reports;

namespace AlignBench.Experiments.Tables;

/// <summary>
/// <c>choices.csv</c>: every choice that a study leaves open, its value in this run, and whose it is: the paper's,
/// inferred (from the implementation nearest to the paper's words), or ours.
/// </summary>
internal static class ChoicesTable
{
    private const string EveryExperiment = "all";
    private const string Paper = "paper";
    private const string Inferred = "inferred";
    private const string Ours = "ours";

    public static PlanTable Of(StudyConfig study) => new(
        "choices.csv",
        ["experiment", "choice", "value", "whose", "where"],
        [
            .. Features(study), .. Regression(study), .. Sampling(study), .. Statistics(study),
            .. study.Experiments.SelectMany(OfExperiment),
        ]);

    private static IEnumerable<object?[]> Features(StudyConfig study) =>
    [
        Row(
            "vision models", string.Join(' ', study.Vision), Ours,
            "config: vision; the paper names DINOv2 and no list"),
        Row(
            "language models", string.Join(' ', study.Language), Ours,
            "config: language; the paper names BLOOM and OpenLLaMA"),
        Row(
            "image features", study.VisionFeatures,
            study.VisionFeatures == "penultimate_cls" ? Paper : Ours, "config: vision_features"),
        Row(
            "caption features", study.LanguageFeatures,
            study.LanguageFeatures == "penultimate_mean" ? Paper : Ours, "config: language_features"),
        Row(
            "layers",
            study.Layers == LayerSelections.All ? "the one above, and all of them in layers.csv" : "the one above",
            Ours, "config: layers"),
        Row("feature precision", "float32, stored; regressions in float64", Ours, "features/"),
        Row(
            "tokens of a caption", "all, special ones included, unpadded", Inferred,
            "tokenizer's own defaults"),
    ];

    private static IEnumerable<object?[]> Regression(StudyConfig study)
    {
        RidgePreset preset = StudyPreset.Of(study);
        bool isDefault = preset.Name == RidgePresets.NeuroAIMetrics.Name;
        string whose = isDefault ? Inferred : Ours;
        string where = $"config: preset {study.Preset}; {preset.Source}";
        double[] grid = preset.Alphas;
        yield return Row(
            "regression", $"ridge, {preset.Name}", isDefault ? Paper : Ours,
            "config: preset; the paper: ridge");
        yield return Row("folds", preset.Splits, preset.Splits == 5 ? Paper : Ours, where);
        yield return Row(
            "fold shuffle", $"seed {preset.Seed}", study.FoldSeed is null ? whose : Ours,
            "config: fold_seed");
        yield return Row(
            "folds and groups", study.Folds, study.Folds == Folding.Plain ? whose : Ours, "config: folds");
        yield return Row(
            "alpha range", $"{CsvCell.Format(grid[0])} .. {CsvCell.Format(grid[^1])}",
            grid.Length > 1 ? Paper : Ours, where);
        yield return Row("alphas in the range", grid.Length, whose, where);
        yield return Row(
            "choice of alpha", preset.Alphas.Length == 1 ? "none" : preset.Selection.ToString(), whose,
            where);
        yield return Row("scaling of features", preset.Scaling.ToString(), whose, where);
        yield return Row("scaling of targets", "none", whose, where);
        yield return Row(
            "score", "Pearson r, mean over targets, then over folds; undefined r left out", whose, where);
        yield return Row(
            "principal components", preset.Components is int d ? d : "all features",
            preset.Components is null ? whose : Ours, "config: components");
    }

    private static IEnumerable<object?[]> Sampling(StudyConfig study) =>
    [
        Row(
            "samples", study.Samples is int n ? n : "all usable units",
            study.Samples == 1000 ? Paper : Ours, "config: samples"),
        Row("sampler", study.Sampler, Ours, "config: sampler"),
        Row("seed of the samples", study.Seed, Ours, "config: seed"),
        Row("sampled from", "usable units, in the data's order", Ours, "README"),
        Row("broken images allowed", study.MaxSkipped, Ours, "config: max_skipped"),
    ];

    private static IEnumerable<object?[]> Statistics(StudyConfig study) =>
    [
        Row("test of a contrast", "paired t over the model pairs, two-sided", Paper, "ttests.csv"),
        Row(
            "further tests", "Wilcoxon, exact sign flips, Holm, Benjamini-Hochberg, models as the sample",
            Ours, "ttests.csv, crossed_tests.csv"),
        Row("error bars", "standard error over the model pairs", Paper, "summary.csv"),
        Row("permutation null", study.Null == 0 ? "none" : $"{study.Null} shuffles", Ours, "config: null"),
        Row(
            "bootstrap", study.Bootstrap == 0 ? "none" : $"{study.Bootstrap} resamples of test units", Ours,
            "config: bootstrap"),
    ];

    private static IEnumerable<object?[]> OfExperiment(ExperimentConfig experiment)
    {
        yield return Own("folds and groups", experiment.Folds ?? Folding.Plain, Ours, "config: folds");
        foreach ((string choice, object value, string whose, string where) in OfKind(experiment))
        {
            yield return Own(choice, value, whose, where);
        }

        object?[] Own(string choice, object value, string whose, string where) =>
            [experiment.Name, choice, value, whose, where];
    }

    private static IEnumerable<(string Choice, object Value, string Whose, string Where)> OfKind(ExperimentConfig experiment) =>
        experiment.Kind switch
        {
            "preference" =>
            [
                ("several pairs of one prompt", experiment.Pairs!, Ours, "config: pairs"),
                ("ties", "dropped", Ours, "counts.csv"),
                ("a pair's caption", "the prompt", Paper, "README"),
            ],
            "clip_score" =>
            [
                ("CLIP checkpoint", experiment.Clip!, Ours, "config: clip; the paper names none"),
                (
                    "prefix of captions", experiment.Prefix ?? "", Ours,
                    "config: prefix; \"A photo depicts \" is CLIPScore's"),
                (
                    "split by CLIP score", experiment.Split!, Ours,
                    "config: split; the paper's words allow three"),
            ],
            "averaging" =>
            [
                ("averaged", experiment.Average!, Paper, "config: average"),
                (
                    "largest number averaged", experiment.UpTo!.Value, experiment.UpTo == 5 ? Paper : Ours,
                    "config: up_to"),
                ("which k", "the first by annotation id, or by seed", Ours, "figure3a.csv, figure3b.csv"),
                ("what is averaged", "features, before any scaling", Inferred, "README"),
            ],
            "grid" =>
            [
                ("largest number averaged", experiment.UpTo!.Value, Ours, "config: up_to"),
                ("which m and k", "the first by seed, and by annotation id", Ours, "grid.csv"),
            ],
            _ => [],
        };

    private static object?[] Row(string choice, object value, string whose, string where) =>
        [EveryExperiment, choice, value, whose, where];
}
