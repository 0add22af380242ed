using System.CommandLine;
using System.Globalization;
using AlignBench.Experiments;
using AlignBench.Regression;
using AlignBench.Reports;

namespace AlignBench.Cli;

/// <summary><c>alignbench predictivity --vision FILE --language FILE</c></summary>
internal static class PredictivityCommand
{
    public static Command Create()
    {
        Option<FileInfo> vision = new("--vision")
        {
            Description = "Feature file of images, as 'alignbench extract' writes it; or .npy, .safetensors.",
            Required = true,
            HelpName = "file",
        };
        Option<FileInfo> language = new("--language")
        {
            Description = "Feature file of captions of the same items.",
            Required = true,
            HelpName = "file",
        };
        vision.Validators.Add(CommonOptions.IsFile(vision.Name));
        language.Validators.Add(CommonOptions.IsFile(language.Name));
        Option<FileInfo?> visionIds = CommonOptions.Ids("--vision-ids", "--vision");
        Option<FileInfo?> languageIds = CommonOptions.Ids("--language-ids", "--language");
        Option<int> captions = new Option<int>("--captions")
        {
            Description = "Captions averaged for each item, the first ones.",
            DefaultValueFactory = _ => 1,
            HelpName = "k",
        }.AtLeast(1);
        Option<string> preset = new("--preset")
        {
            Description = "A name of 'alignbench list presets'.",
            DefaultValueFactory = _ => RidgePresets.NeuroAIMetrics.Name,
            HelpName = "name",
        };
        Option<int?> folds = new Option<int?>("--folds")
        {
            Description = "Folds, instead of the preset's.",
            HelpName = "n",
        }.AtLeast(2);
        Option<uint?> seed = new("--seed") { Description = "Seed of the folds, instead of the preset's.", HelpName = "n" };
        Option<FileInfo?> csv = new("--csv") { Description = "Also write a row a fold to this table.", HelpName = "file" };

        preset.Offering(() => RidgePresets.All.Select(known => known.Name));

        WorkCommand command = new(
            "predictivity",
            "Cross-validated ridge between two feature files, both directions.",
            [
                ("alignbench predictivity --vision features/flickr30k/dinov2-toy-s/A.safetensors --language features/flickr30k/bloom-toy-s/B.safetensors",
                    "First caption of each image; the paths are those that extract printed."),
                ("alignbench predictivity --vision A.safetensors --language B.safetensors --captions 5 --csv folds.csv",
                    "The mean of five captions, and a table."),
                ("alignbench predictivity --vision mine.npy --vision-ids mine.txt --language B.safetensors --preset nested",
                    "Features of a model that runs elsewhere, row by row of the ids."),
            ],
            kept: "nothing was written")
        {
            vision, language, visionIds, languageIds, captions, preset, folds, seed, csv,
        };
        command.SetAction((parsed, cancellation) =>
        {
            RidgePreset chosen = RidgePresets.Find(parsed.GetRequiredValue(preset));
            chosen = chosen with
            {
                Splits = parsed.GetValue(folds) ?? chosen.Splits,
                Seed = parsed.GetValue(seed) ?? chosen.Seed,
            };
            return Task.Run(
                () => Score(
                    new FeaturePair(
                        parsed.GetRequiredValue(vision).ToString(),
                        parsed.GetRequiredValue(language).ToString(),
                        parsed.GetRequiredValue(captions))
                    {
                        VisionIds = parsed.GetValue(visionIds)?.ToString(),
                        LanguageIds = parsed.GetValue(languageIds)?.ToString(),
                    },
                    chosen,
                    parsed.GetValue(csv)?.ToString(),
                    parsed.InvocationConfiguration.Output,
                    cancellation),
                cancellation);
        });
        return command;
    }

    private static int Score(
        FeaturePair pair,
        RidgePreset preset,
        string? csv,
        TextWriter output,
        CancellationToken cancellation)
    {
        FilePredictivity scores = FilePredictivity.Score(pair, preset, cancellation);
        (string Direction, PredictivityResult Result)[] rows =
        [
            (Direction.LanguageToVision, scores.LanguageToVision),
            (Direction.VisionToLanguage, scores.VisionToLanguage),
        ];
        output.WriteLine($"{scores.Items} items, {preset.Name}, {preset.Splits} folds, seed {preset.Seed}");
        output.WriteLine($"{"direction",-18} {"score",8} {"train stat.",11} {"R2",8}  alphas");
        foreach ((string direction, PredictivityResult result) in rows)
        {
            string alphas = string.Join(' ', result.Folds.Select(fold => CsvCell.Format(fold.MedianAlpha)));
            string edge = result.AlphasAtEdge > 0 ? $" ({result.AlphasAtEdge} at the grid's edge)" : "";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{direction,-18} {result.MeanR,8:F4} {result.MeanRTrainStatistics,11:F4} {result.MeanR2,8:F4}  {alphas}{edge}"));
        }

        if (csv is not null)
        {
            CsvTable.Write(
                csv,
                [
                    "direction", "fold", "mean_r", "alpha", "mean_r_train_statistics", "mean_r2", "alpha_low", "alpha_high",
                    "alpha_at_edge", "targets_at_edge", "constant_targets", "undefined_targets",
                ],
                rows.SelectMany(row => row.Result.Folds.Select(fold => (object?[])
                [
                    row.Direction, fold.Fold, fold.MeanR, fold.MedianAlpha, fold.MeanRTrainStatistics, fold.MeanR2,
                    fold.Alphas.Min(), fold.Alphas.Max(), fold.AlphaAtEdge, fold.AlphasAtEdge, fold.ConstantTargets,
                    fold.UndefinedTargets,
                ])));
        }

        return App.Done;
    }
}
