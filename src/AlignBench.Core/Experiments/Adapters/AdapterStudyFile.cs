namespace AlignBench.Experiments.Adapters;

/// <summary>Reads the files of <c>alignbench train-adapters</c>.</summary>
public static class AdapterStudyFile
{
    private static readonly IReadOnlyList<string> s_keys = YamlFile.KeysOf(
        typeof(AdapterStudyConfig), typeof(SideConfig), typeof(AdapterRunConfig), typeof(AdapterSettings),
        typeof(EvaluationSettings), typeof(DataConfig), typeof(ZeroShotConfig));

    /// <param name="path">The YAML file.</param>
    /// <param name="root">Stands in for the file's own <c>root</c>, if given.</param>
    /// <returns>The config with the preset's settings filled in, all paths absolute.</returns>
    /// <exception cref="ConfigException">A key or value is wrong; the message names file and line.</exception>
    public static AdapterStudyConfig Load(string path, string? root = null)
    {
        AdapterStudyConfig config = YamlFile.Read<AdapterStudyConfig>(path, s_keys);
        AdapterPreset preset = AdapterPreset.Find(path, config.Preset);
        string start = root is null
            ? Path.GetFullPath(config.Root, Path.GetDirectoryName(Path.GetFullPath(path))!)
            : Path.GetFullPath(root);
        config = Fill(config, preset, start);
        new AdapterStudyCheck(path).Check(config);
        return config;
    }

    private static AdapterStudyConfig Fill(AdapterStudyConfig config, AdapterPreset preset, string root) => config with
    {
        Root = root,
        Data = config.Data is null ? null : FillData(config.Data, root),
        ZeroShot = config.ZeroShot is null ? null : config.ZeroShot with
        {
            Data = FillData(config.ZeroShot.Data, root),
            Classes = Path.GetFullPath(config.ZeroShot.Classes, root),
            Head = Absolute(config.ZeroShot.Head, root),
        },
        Modalities = [.. config.Modalities.Select(side => FillSide(side, side.Name, preset, root))],
        Reference = FillSide(config.Reference, "reference", preset, root),
        Evaluation = LayeredSettings.Over(config.Evaluation, preset.Evaluation),
        Adapters =
        [
            .. config.Adapters.Select(adapter => adapter with
            {
                Settings = FillPaths(
                    LayeredSettings.Over(
                        adapter.Settings, LayeredSettings.Over(config.Training, preset.Training(adapter.Kind))),
                    root),
            }),
        ],
    };

    private static DataConfig FillData(DataConfig data, string root) => data with
    {
        Path = Path.GetFullPath(data.Path, root),
        Images = Absolute(data.Images, root),
        Audio = Absolute(data.Audio, root),
    };

    // A side that is read from a file has no settings of a model.
    private static SideConfig FillSide(SideConfig side, string role, AdapterPreset preset, string root)
    {
        SideConfig filled = side.File is null && preset.Sides.TryGetValue(role, out SideConfig? defaults)
            ? LayeredSettings.Over(side, defaults)
            : side;
        return filled with { File = Absolute(side.File, root), Ids = Absolute(side.Ids, root) };
    }

    private static AdapterSettings FillPaths(AdapterSettings settings, string root) => settings with
    {
        Init = Absolute(settings.Init, root),
        Order = Absolute(settings.Order, root),
    };

    private static string? Absolute(string? path, string root) => path is null ? null : Path.GetFullPath(path, root);
}
