using AlignBench.Adapters.Losses;
using AlignBench.Features;
using AlignBench.Images;

namespace AlignBench.Experiments.Adapters;

/// <summary>Finds what is wrong in an adapter study's file before any work is done.</summary>
/// <param name="path">The file, for messages.</param>
internal sealed class AdapterStudyCheck(string path)
{
    /// <exception cref="ConfigException">Something is; the message names it.</exception>
    public void Check(AdapterStudyConfig config)
    {
        ThrowIf(config.Name.Length == 0, "name is empty");
        ThrowIf(config.Name.AsSpan().ContainsAny(Path.GetInvalidFileNameChars()), $"name '{config.Name}' can't be a folder");
        ThrowIf(config.Adapters.Length == 0, "adapters is empty");
        ThrowIf(config.Seeds.Length == 0, "seeds is empty");
        ThrowIf(config.Seeds.Distinct().Count() != config.Seeds.Length, "a seed is there twice");
        ThrowIf(config.MaxSkipped < 0, $"max_skipped is {config.MaxSkipped}, expected 0 or more");
        ThrowIfTwice("modalities and reference", [.. config.Modalities.Select(side => side.Name), config.Reference.Name]);
        ThrowIfTwice("adapters", config.Adapters.Select(adapter => adapter.Name));
        RequireWord("precision", config.Precision, [.. EncoderPrecision.Names]);
        RequireWord("picture", config.Picture, AdapterWords.Pictures);
        SideConfig[] sides = [.. config.Modalities, config.Reference];
        ThrowIf(
            config.Data is null && sides.Any(side => side.File is null),
            "data is missing, and not every side is read from a file");
        Array.ForEach(sides, CheckSide);
        CheckEvaluation(config.Evaluation);
        CheckZeroShot(config);
        foreach (AdapterRunConfig adapter in config.Adapters)
        {
            CheckTraining(config, adapter);
        }
    }

    private void CheckSide(SideConfig side)
    {
        string where = $"side '{side.Name}': ";
        ThrowIf(side.Model is null == side.File is null, $"{where}expected either model or file");
        ThrowIf(side.File is not null && side.Features is not null, $"{where}features has no meaning with file");
        ThrowIf(side.File is null && side.Features is null, $"{where}features is missing");
        ThrowIf(side.File is null && side.Tensor is not null, $"{where}tensor has no meaning without file");
        ThrowIf(side.File is null && side.Ids is not null, $"{where}ids has no meaning without file");
        ThrowIf(side.RowsPerItem < 1, $"{where}rows_per_item is {side.RowsPerItem}, expected 1 or more");
        ThrowIf(side.File is null && side.RowsPerItem is not null, $"{where}rows_per_item has no meaning without file");
        ThrowIf(side.MaxTokens < 0, $"{where}max_tokens is {side.MaxTokens}, expected 0 or more");
        RequireWord($"{where}of", side.Of ?? "images", AdapterWords.Contents);
        ThrowIf(
            side.Of == "sounds" && (side.ImageProcessor is not null || side.MaxTokens is > 0),
            $"{where}image_processor and max_tokens have no meaning with sounds");
        if (side.ImageProcessor is not null)
        {
            RequireWord(
                $"{where}image_processor", side.ImageProcessor,
                ["own", .. ImageProcessorPresets.All.Select(preset => preset.Name)]);
        }
    }

    private void CheckEvaluation(EvaluationSettings e)
    {
        RequireWord("split", e.Split, AdapterWords.Splits);
        RequireWord("recall_epochs", e.RecallEpochs, AdapterWords.RecallEpochs);
        Array.ForEach(e.Kernels!, kernel => RequireWord("kernels", kernel, AdapterWords.Kernels));
        Array.ForEach(e.RowSets!, rows => RequireWord("row_sets", rows, AdapterWords.RowSets));
        ThrowIf(e.Rows < 0, $"rows is {e.Rows}, expected 0 or more");
        ThrowIf(e.TrainShare is not (> 0 and < 1), $"train_share is {e.TrainShare}, expected a number between 0 and 1");
        ThrowIf(e.K < 1 || e.KSweep!.Any(k => k < 1), "k and k_sweep: expected 1 or more");
        ThrowIf(
            e.Lambda is not (>= 0 and <= 1) || e.LambdaSweep!.Any(lambda => lambda is not (>= 0 and <= 1)),
            "lambda and lambda_sweep: expected numbers from 0 to 1");
        ThrowIf(e.SplitSeed is < 0 or > uint.MaxValue, $"split_seed is {e.SplitSeed}, expected 0 .. {uint.MaxValue}");
        ThrowIf(e.NeighborsEvery < 0, $"neighbors_every is {e.NeighborsEvery}, expected 0 or more");
        ThrowIf(e.MapItems < 0 || e.MapEpochs!.Any(epoch => epoch < 0), "map_items and map_epochs: expected 0 or more");
        ThrowIf(e.Bootstrap is < 0 or 1, $"bootstrap is {e.Bootstrap}, expected 0, or 2 or more");
    }

    private void CheckZeroShot(AdapterStudyConfig config)
    {
        if (config.ZeroShot is not ZeroShotConfig z)
        {
            return;
        }

        ThrowIf(
            config.Modalities.Take(2).Any(side => side.Model is null),
            "zero_shot encodes images and prompts: expected a model for the first two modalities, not a file");
        ThrowIf(z.Prompts.Length == 0, "zero_shot: prompts is empty");
        string? plain = z.Prompts.FirstOrDefault(prompt => !prompt.Contains(ZeroShotClasses.Blank, StringComparison.Ordinal));
        ThrowIf(plain is not null, $"zero_shot: expected {ZeroShotClasses.Blank} in each prompt, got '{plain}'");
        RequireWord("zero_shot: texts", z.Texts, ["none", "true_class"]);
    }

    private void CheckTraining(AdapterStudyConfig config, AdapterRunConfig adapter)
    {
        string where = $"adapter '{adapter.Name}': ";
        AdapterSettings s = adapter.Settings;
        RequireWord($"{where}kind", adapter.Kind, AdapterWords.Kinds);
        RequireWord($"{where}gelu", s.Gelu, AdapterWords.Gelus);
        RequireWord($"{where}direction", s.Direction, AdapterWords.Directions);
        RequireWord($"{where}normalize", s.Normalize, AdapterWords.Normalizations);
        RequireWord($"{where}pairs", s.Pairs, AdapterWords.Pairs);
        RequireWord($"{where}last_batch", s.LastBatch, AdapterWords.LastBatches);
        RequireWord($"{where}warmup_from", s.WarmupFrom, AdapterWords.WarmUps);
        RequireWord($"{where}decay", s.Decay, AdapterWords.Decays);
        RequireWord($"{where}learn_lambda", s.LearnLambda, AdapterWords.LambdaLosses);
        RequireWord($"{where}precision", s.Precision, AdapterWords.Precisions);
        RequireWord($"{where}objective", s.Objective, [.. ObjectiveKind.All.Select(kind => kind.Name)]);
        ObjectiveKind objective = Objective.KindOf(new ObjectiveSettings(s.Objective!));
        int sides = config.Modalities.Length;
        ThrowIf(
            sides < objective.Sides.Fewest || sides > objective.Sides.Most,
            $"{where}objective {objective.Name} takes {Range(objective.Sides)} modalities, there are {sides}");
        ThrowIf(
            s.Anchor is not null && config.Modalities.All(side => side.Name != s.Anchor),
            $"{where}anchor '{s.Anchor}' is no modality");
        ThrowIf(s.Captions < 1, $"{where}captions is {s.Captions}, expected 1 or more");
        ThrowIf(
            s.Captions > 1 && !objective.TakesSeveralCaptions,
            $"{where}objective {objective.Name} takes one caption an image, captions is {s.Captions}");
        ThrowIf(
            s.LearnLambda == "blend" && s.Captions > 1,
            $"{where}learn_lambda blend pairs one caption with an image, captions is {s.Captions}");
        ThrowIf(s.Width < 0 || s.Hidden < 0, $"{where}width and hidden: expected 0 or more");
        ThrowIf(s.Dropout is not (>= 0 and < 1), $"{where}dropout is {s.Dropout}, expected 0 or more and below 1");
        ThrowIf(s.LabelSmoothing is not (>= 0 and < 1), $"{where}label_smoothing is {s.LabelSmoothing}, expected 0 or more and below 1");
        ThrowIf(s.Temperature is not > 0, $"{where}temperature is {s.Temperature}, expected a positive number");
        ThrowIf(s.Epochs < 0, $"{where}epochs is {s.Epochs}, expected 0 or more");
        ThrowIf(s.Batch < 2, $"{where}batch is {s.Batch}, expected 2 or more");
        ThrowIf(s.LearningRate is not >= 0, $"{where}learning_rate is {s.LearningRate}, expected 0 or more");
        ThrowIf(s.WarmupSteps < 0, $"{where}warmup_steps is {s.WarmupSteps}, expected 0 or more");
        ThrowIf(s.WeightDecay is not >= 0, $"{where}weight_decay is {s.WeightDecay}, expected 0 or more");
        ThrowIf(s.GradientClip is not >= 0, $"{where}gradient_clip is {s.GradientClip}, expected 0 or more");
        ThrowIf(s.Beta1 is not (>= 0 and < 1) || s.Beta2 is not (>= 0 and < 1), $"{where}beta1 and beta2: expected 0 or more and below 1");
        ThrowIf(s.Epsilon is not > 0, $"{where}epsilon is {s.Epsilon}, expected a positive number");
    }

    private static string Range((int Fewest, int Most) sides) =>
        sides.Most == int.MaxValue ? $"{sides.Fewest} or more" : $"{sides.Fewest}";

    private void RequireWord<T>(string key, string? word, (string Word, T Value)[] words) =>
        RequireWord(key, word, [.. words.Select(pair => pair.Word)]);

    private void RequireWord(string key, string? word, string[] words) => ThrowIf(
        !words.Contains(word),
        $"{key}: expected {string.Join(" or ", words)}, got '{word}'{Suggestion.For(word ?? "", words)}");

    private void ThrowIfTwice(string key, IEnumerable<string> names)
    {
        string? twice = names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        ThrowIf(twice is not null, $"{key}: two are named '{twice}'");
    }

    private void ThrowIf(bool isWrong, string what)
    {
        if (isWrong)
        {
            throw new ConfigException($"{path}: {what}");
        }
    }
}
