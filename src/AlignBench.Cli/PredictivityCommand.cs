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
            Description = "Feature file of images, as 'alignbench extract' writes it.",
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

        WorkCommand command = new(
            "predictivity",
            "Cross-validated ridge between two feature files, both directions.",
            [
                ("alignbench predictivity --vision features/flickr30k/dinov2-toy-s/A.safetensors --language features/flickr30k/bloom-toy-s/B.safetensors",
                    "First caption of each image; the paths are those that extract printed."),
                ("alignbench predictivity --vision A.safetensors --language B.safetensors --captions 5 --csv folds.csv",
                    "The mean of five captions, and a table."),
            ],
            kept: "nothing was written")
        {
            vision, language, captions, preset, folds, seed, csv,
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
                    parsed.GetRequiredValue(vision).ToString(),
                    parsed.GetRequiredValue(language).ToString(),
                    parsed.GetRequiredValue(captions),
                    chosen,
                    parsed.GetValue(csv)?.ToString(),
                    parsed.InvocationConfiguration.Output,
                    cancellation),
                cancellation);
        });
        return command;
    }

    private static int Score(
        string vision,
        string language,
        int captions,
        RidgePreset preset,
        string? csv,
        TextWriter output,
        CancellationToken cancellation)
    {
        FilePredictivity scores = FilePredictivity.Score(vision, language, captions, preset, cancellation);
        (string Direction, PredictivityResult Result)[] rows =
        [
            (Direction.LanguageToVision, scores.LanguageToVision),
            (Direction.VisionToLanguage, scores.VisionToLanguage),
        ];
        output.WriteLine($"{scores.Items} items, {preset.Name}, {preset.Splits} folds, seed {preset.Seed}");
        output.WriteLine($"{"direction",-18} {"score",8} {"train stat.",11}  alphas");
        foreach ((string direction, PredictivityResult result) in rows)
        {
            string alphas = string.Join(' ', result.Folds.Select(fold => CsvCell.Format(fold.Alpha)));
            string edge = result.AlphasAtEdge > 0 ? $" ({result.AlphasAtEdge} at the grid's edge)" : "";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{direction,-18} {result.MeanR,8:F4} {result.MeanRTrainStatistics,11:F4}  {alphas}{edge}"));
        }

        if (csv is not null)
        {
            CsvTable.Write(
                csv,
                ["direction", "fold", "mean_r", "alpha", "mean_r_train_statistics", "alpha_at_edge", "undefined_targets"],
                rows.SelectMany(row => row.Result.Folds.Select(fold => (object?[])
                [
                    row.Direction, fold.Fold, fold.MeanR, fold.Alpha, fold.MeanRTrainStatistics, fold.AlphaAtEdge,
                    fold.UndefinedTargets,
                ])));
        }

        return App.Done;
    }
}
