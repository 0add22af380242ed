using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace AlignBench.Experiments;

/// <summary>Reads experiment files.</summary>
public static class StudyConfigFile
{
    /// <param name="path">The YAML file.</param>
    /// <param name="root">Stands in for the file's own <c>root</c>, if given.</param>
    /// <returns>The config, all paths absolute.</returns>
    /// <exception cref="ConfigException">A key or value is wrong; the message names file and line.</exception>
    public static StudyConfig Load(string path, string? root = null)
    {
        StudyConfig config = Parse(path);
        Check(path, config);
        string start = root is null
            ? Path.GetFullPath(config.Root, Path.GetDirectoryName(Path.GetFullPath(path))!)
            : Path.GetFullPath(root);
        return config with
        {
            Root = start,
            Experiments = [.. config.Experiments.Select(e => e with { Data = Resolve(e.Data, start) })],
        };
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
        string? twice = config.Experiments.GroupBy(e => e.Name).FirstOrDefault(g => g.Count() > 1)?.Key;
        ThrowIf(twice is not null, $"two experiments are named '{twice}'");
        foreach (ExperimentConfig experiment in config.Experiments)
        {
            ExperimentKind.Named(path, experiment).Check(path, experiment);
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
