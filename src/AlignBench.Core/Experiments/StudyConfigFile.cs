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
        StudyConfig config = YamlFile.Read<StudyConfig>(path, StudyKeys.All);
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

    private static void Check(string path, StudyConfig config)
    {
        ThrowIf(config.Name.Length == 0, "name is empty");
        ThrowIf(config.Name.AsSpan().ContainsAny(Path.GetInvalidFileNameChars()), $"name '{config.Name}' can't be a folder");
        ThrowIf(config.Vision.Length == 0, "vision names no model");
        ThrowIf(config.Language.Length == 0, "language names no model");
        ThrowIf(config.Experiments.Length == 0, "experiments is empty");
        ThrowIf(config.Samples < 10, $"samples is {config.Samples}, expected 10 or more (five folds of two)");
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
