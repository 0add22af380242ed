using System.CommandLine;
using System.Globalization;
using AlignBench.Experiments;
using AlignBench.Experiments.Measures;
using AlignBench.Regression;
using AlignBench.Regression.Presets;
using AlignBench.Reports;
using AlignBench.Statistics;

namespace AlignBench.Cli.Commands;

/// <summary><c>alignbench predictivity --vision FILE --language FILE</c></summary>
internal static class PredictivityCommand
{
    private static readonly string[] s_columns =
    [
        "folding", "direction", "fold", "mean_r", "alpha", "mean_r_train_statistics", "mean_r2", "n_train", "n_test",
        "test_items_with_trained_group", "alpha_low", "alpha_high", "alpha_at_edge", "targets_at_edge", "constant_targets",
        "undefined_targets",
    ];

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
        Option<string> folding = new Option<string>("--folding")
        {
            Description = "plain: shuffled, as published; grouped: items that share an image, a caption or a group are in one "
                + "fold; both.",
            DefaultValueFactory = _ => Folding.Plain,
            HelpName = "how",
        }.AcceptOnlyFromAmong(Folding.Plain, Folding.Grouped, Folding.Both);
        Option<FileInfo> groups = new Option<FileInfo>("--groups")
        {
            Description = "Table of item and group, besides what items share by themselves.",
            HelpName = "file",
        }.AcceptExistingOnly();
        Option<int?> components = new Option<int?>("--components")
        {
            Description = "Both sides reduced to this many principal components of each fold's training rows: does width decide?",
            HelpName = "d",
        }.AtLeast(1);
        Option<int> permutations = new Option<int>("--permutations")
        {
            Description = "Shuffled pairings a score: their mean, and p.",
            DefaultValueFactory = _ => 0,
            HelpName = "n",
        }.AtLeast(0);
        Option<int> bootstrap = new Option<int>("--bootstrap")
        {
            Description = "Resamples of the test items a score, for the 95 % interval.",
            DefaultValueFactory = _ => 0,
            HelpName = "n",
        }.AtLeast(0);
        Option<int> threads = CommonOptions.Threads();
        threads.Description = "Folds at a time; results do not depend on it. Default: the processors.";
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
                ("alignbench predictivity --vision A.safetensors --language B.safetensors --folding both --groups prompts.csv",
                    "How much of the score is items of one prompt on both sides of a fold."),
            ],
            kept: "nothing was written")
        {
            vision, language, visionIds, languageIds, captions, preset, folds, seed, folding, groups, components,
            permutations, bootstrap, threads, csv,
        };
        command.SetAction((parsed, cancellation) =>
        {
            RidgePreset chosen = RidgePresets.Find(parsed.GetRequiredValue(preset));
            chosen = chosen with
            {
                Splits = parsed.GetValue(folds) ?? chosen.Splits,
                Seed = parsed.GetValue(seed) ?? chosen.Seed,
                Components = parsed.GetValue(components),
            };
            if (parsed.GetRequiredValue(bootstrap) == 1)
            {
                throw new UsageException("--bootstrap: expected 0, or 2 or more, got 1");
            }

            string how = parsed.GetRequiredValue(folding);
            FeaturePair pair = new(
                parsed.GetRequiredValue(vision).ToString(),
                parsed.GetRequiredValue(language).ToString(),
                parsed.GetRequiredValue(captions))
            {
                VisionIds = parsed.GetValue(visionIds)?.ToString(),
                LanguageIds = parsed.GetValue(languageIds)?.ToString(),
                Groups = parsed.GetValue(groups)?.ToString(),
                Permutations = parsed.GetRequiredValue(permutations),
                Resamples = parsed.GetRequiredValue(bootstrap),
            };
            FeaturePair[] pairs =
            [
                .. new[] { Folding.Plain, Folding.Grouped }
                    .Where(one => how == one || how == Folding.Both)
                    .Select(one => pair with { Folding = one }),
            ];
            return Task.Run(
                () => Score(
                    pairs,
                    chosen,
                    parsed.GetRequiredValue(threads),
                    parsed.GetValue(csv)?.ToString(),
                    parsed.InvocationConfiguration.Output,
                    cancellation),
                cancellation);
        });
        return command;
    }

    private static int Score(
        FeaturePair[] pairs,
        RidgePreset preset,
        int threads,
        string? csv,
        TextWriter output,
        CancellationToken cancellation)
    {
        List<object?[]> table = [];
        foreach (FeaturePair pair in pairs)
        {
            FilePredictivity scores = FilePredictivity.Score(pair, preset, threads, cancellation);
            output.WriteLine(
                $"{scores.Items} items, {preset.Name}, {preset.Splits} {pair.Folding} folds, "
                + (pair.Folding == Folding.Plain ? $"seed {preset.Seed}, " : "")
                + $"{scores.TrainedGroups.Sum()} test items whose group was trained on");
            output.WriteLine($"{"direction",-18} {"score",8} {"train stat.",11} {"R2",8}  alphas");
            foreach (FileScore score in new[] { scores.LanguageToVision, scores.VisionToLanguage })
            {
                WriteLines(output, score);
                table.AddRange(Rows(pair, scores, score));
            }
        }

        if (csv is not null)
        {
            CsvTable.Write(csv, s_columns, table);
        }

        return App.Done;
    }

    private static void WriteLines(TextWriter output, FileScore score)
    {
        PredictivityResult result = score.Result;
        string alphas = string.Join(' ', result.Folds.Select(fold => CsvCell.Format(fold.MedianAlpha)));
        string edge = result.AlphasAtEdge > 0 ? $" ({result.AlphasAtEdge} at the grid's edge)" : "";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{score.Direction,-18} {result.MeanR,8:F4} {result.MeanRTrainStatistics,11:F4} {result.MeanR2,8:F4}  {alphas}{edge}"));
        if (score.Chance is PermutationNull chance)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  shuffled pairings: mean {chance.Scores.Average():F4}, largest {chance.Scores.Max():F4}, p {chance.PValue:G3}"));
        }

        if (score.Bootstrap?.Percentile() is Interval interval)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  95 % interval over test items: {interval.Low:F4} .. {interval.High:F4}"));
        }
    }

    private static IEnumerable<object?[]> Rows(FeaturePair pair, FilePredictivity scores, FileScore score) =>
        score.Result.Folds.Select(fold => (object?[])
        [
            pair.Folding, score.Direction, fold.Fold, fold.MeanR, fold.MedianAlpha, fold.MeanRTrainStatistics, fold.MeanR2,
            scores.Folds[fold.Fold].Train.Length, scores.Folds[fold.Fold].Test.Length, scores.TrainedGroups[fold.Fold],
            fold.Alphas.Min(), fold.Alphas.Max(), fold.AlphaAtEdge, fold.AlphasAtEdge, fold.ConstantTargets,
            fold.UndefinedTargets,
        ]);
}
