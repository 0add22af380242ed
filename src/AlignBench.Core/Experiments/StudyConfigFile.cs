using AlignBench.Data;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

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
        StudyConfig config = Parse(path);
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

    private static void CheckFolding(string path, string key, string word)
    {
        string[] words = [Folding.Plain, Folding.Grouped, Folding.Both];
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
    };

    private static StudyConfig Parse(string path)
    {
        IDeserializer deserializer = new DeserializerBuilder()
            .WithNamingConvention(UnderscoredNamingConvention.Instance)
            .WithEnforceRequiredMembers()
            .WithDuplicateKeyChecking()
            .Build();
        try
        {
            using StreamReader reader = File.OpenText(path);
            return deserializer.Deserialize<StudyConfig?>(reader)
                ?? throw new ConfigException($"{path}: the file is empty, expected an experiment (see configs/)");
        }
        catch (YamlException e)
        {
            // The innermost message says what is wrong, the outermost where.
            Exception cause = e;
            while (cause.InnerException is not null)
            {
                cause = cause.InnerException;
            }

            YamlException place = cause as YamlException ?? e;
            throw new ConfigException($"{path}, line {place.Start.Line}: {Words(cause.Message)}");
        }
    }

    /// <summary>YamlDotNet speaks of .NET types; a user has keys.</summary>
    private static string Words(string message)
    {
        const string unknownStart = "Property '";
        int end = message.IndexOf("' not found on type", StringComparison.Ordinal);
        if (message.StartsWith(unknownStart, StringComparison.Ordinal) && end > 0)
        {
            string key = message[unknownStart.Length..end];
            return $"unknown key '{key}'{Suggestion.For(key, StudyKeys.All)}";
        }

        return message.ReplaceLineEndings(" ");
    }

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
        CheckFolding(path, "folds", config.Folds);
        foreach (ExperimentConfig experiment in config.Experiments)
        {
            string orientation = experiment.Data.Orientation;
            ThrowIf(
                orientation is not (DatasetSource.ApplyOrientation or DatasetSource.IgnoreOrientation),
                $"experiment '{experiment.Name}': orientation: expected {DatasetSource.ApplyOrientation} or "
                + $"{DatasetSource.IgnoreOrientation}, got '{orientation}'");
            ExperimentKind.Named(path, experiment).Check(path, experiment);
            CheckFolding(path, $"experiment '{experiment.Name}': folds", experiment.Folds ?? config.Folds);
            CheckUncertainty(experiment.Null ?? 0, experiment.Bootstrap ?? 0);
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
