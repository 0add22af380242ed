using AlignBench.Data;
using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Features;

namespace AlignBench.Experiments;

/// <summary>Reads experiment files.</summary>
public static class StudyConfigFile
{
    /// <param name="path">The YAML file.</param>
    /// <param name="root">Stands in for the file's own <c>root</c>, if given.</param>
    /// <param name="preset">Stands in for the file's own <c>preset</c>, if given.</param>
    /// <returns>The config, all paths absolute.</returns>
    /// <exception cref="ConfigException">A key or value is wrong; the message names file and line.</exception>
    public static StudyConfig Load(string path, string? root = null, string? preset = null)
    {
        StudyConfig config = YamlFile.Read<StudyConfig>(path, StudyKeys.All);
        config = config with { Preset = preset ?? config.Preset };
        Check(path, config);
        config = config with { Experiments = [.. config.Experiments.SelectMany(e => CutFolds(e, config.Folds))] };
        CheckNames(path, config);
        string start = root is null
            ? Path.GetFullPath(config.Root, Path.GetDirectoryName(Path.GetFullPath(path))!)
            : Path.GetFullPath(root);
        return config with
        {
            Root = start,
            Experiments =
            [
                .. config.Experiments.Select(e => e with
                {
                    Data = Resolve(e.Data, start),
                    CaptionsFrom = e.CaptionsFrom is null ? null : Resolve(e.CaptionsFrom, start),
                }),
            ],
        };
    }

    private static IEnumerable<ExperimentConfig> CutFolds(ExperimentConfig experiment, string folds) =>
        (experiment.Folds ?? folds) == Folding.Both
            ?
            [
                experiment with { Folds = Folding.Plain },
                experiment with { Folds = Folding.Grouped, Name = $"{experiment.Name}_{Folding.Grouped}" },
            ]
            : [experiment with { Folds = experiment.Folds ?? folds }];

    private static void CheckNames(string path, StudyConfig config)
    {
        string? twice = config.Experiments.GroupBy(e => e.Name).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw new ConfigException($"{path}: two experiments are named '{twice}'");
        }
    }

    private static void CheckWord(string path, string key, string word, params string[] words)
    {
        if (!words.Contains(word))
        {
            throw new ConfigException(
                $"{path}: {key}: expected {string.Join(" or ", words)}, got '{word}'{Suggestion.For(word, words)}");
        }
    }

    private static DataConfig Resolve(DataConfig data, string root) => data with
    {
        Path = Path.GetFullPath(data.Path, root),
        Images = data.Images is null ? null : Path.GetFullPath(data.Images, root),
        Audio = data.Audio is null ? null : Path.GetFullPath(data.Audio, root),
    };

    private static void Check(string path, StudyConfig config)
    {
        ThrowIf(config.Name.Length == 0, "name is empty");
        ThrowIf(config.Name.AsSpan().ContainsAny(Path.GetInvalidFileNameChars()), $"name '{config.Name}' can't be a folder");
        ThrowIf(config.Vision.Length == 0, "vision names no model");
        ThrowIf(config.Language.Length == 0, "language names no model");
        ThrowIf(config.Experiments.Length == 0, "experiments is empty");
        ThrowIf(config.Samples < 10, $"samples is {config.Samples}, expected 10 or more (five folds of two)");
        ThrowIf(
            !RandomSample.Names.Contains(config.Sampler),
            $"sampler: expected {string.Join(" or ", RandomSample.Names)}, "
            + $"got '{config.Sampler}'{Suggestion.For(config.Sampler, RandomSample.Names)}");
        ThrowIf(config.Seed is < 0 or > uint.MaxValue, $"seed is {config.Seed}, expected 0 .. {uint.MaxValue}");
        ThrowIf(config.MaxSkipped < 0, $"max_skipped is {config.MaxSkipped}, expected 0 or more");
        ThrowIf(config.FoldSeed is < 0 or > uint.MaxValue, $"fold_seed is {config.FoldSeed}, expected 0 .. {uint.MaxValue}");
        CheckUncertainty(config.Null, config.Bootstrap);
        StudyPreset.Check(path, config);
        CheckWord(path, "folds", config.Folds, Folding.Plain, Folding.Grouped, Folding.Both);
        CheckWord(path, "layers", config.Layers, LayerSelections.None, LayerSelections.All);
        CheckWord(path, "precision", config.Precision, [.. EncoderPrecision.Names]);
        ThrowIfTwice("vision", config.Vision);
        ThrowIfTwice("language", config.Language);
        foreach (ExperimentConfig experiment in config.Experiments)
        {
            string? direction = experiment.Published.Keys.FirstOrDefault(key => !Direction.All.Contains(key));
            ThrowIf(
                direction is not null,
                $"experiment '{experiment.Name}': published: unknown direction '{direction}', expected "
                + string.Join(" or ", Direction.All));
            string orientation = experiment.Data.Orientation;
            ThrowIf(
                orientation is not (DatasetSource.ApplyOrientation or DatasetSource.IgnoreOrientation),
                $"experiment '{experiment.Name}': orientation: expected {DatasetSource.ApplyOrientation} or "
                + $"{DatasetSource.IgnoreOrientation}, got '{orientation}'");
            ExperimentKind.Named(path, experiment).Check(path, experiment);
            string where = $"experiment '{experiment.Name}'";
            CheckWord(
                path, $"{where}: folds", experiment.Folds ?? config.Folds, Folding.Plain, Folding.Grouped, Folding.Both);
            CheckWord(
                path, $"{where}: layers", experiment.Layers ?? config.Layers, LayerSelections.None, LayerSelections.All);
            CheckUncertainty(experiment.Null ?? 0, experiment.Bootstrap ?? 0);
        }

        // Tables and the store know a model by its short name.
        void ThrowIfTwice(string key, string[] models)
        {
            string? twice = models.GroupBy(ModelLocator.ShortName).FirstOrDefault(group => group.Count() > 1)?.Key;
            ThrowIf(twice is not null, $"{key}: two models are named '{twice}'");
        }

        void CheckUncertainty(int shuffles, int resamples)
        {
            ThrowIf(shuffles < 0, $"null is {shuffles}, expected 0 or more shuffles");
            ThrowIf(resamples is < 0 or 1, $"bootstrap is {resamples}, expected 0 or 2 and more resamples");
        }

        void ThrowIf(bool isWrong, string what)
        {
            if (isWrong)
            {
                throw new ConfigException($"{path}: {what}");
            }
        }
    }
}
