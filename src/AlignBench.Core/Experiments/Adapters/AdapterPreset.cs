namespace AlignBench.Experiments.Adapters;

/// <summary>Defaults of an adapter study, and which of them its source states.</summary>
/// <param name="Name">As in YAML.</param>
/// <param name="Source">What it follows.</param>
internal sealed record AdapterPreset(string Name, string Source)
{
    /// <summary>Settings of a kind of adapter; every one is given but init, order and anchor.</summary>
    public required Func<string, AdapterSettings> Training { get; init; }

    /// <summary>Every one is given.</summary>
    public required EvaluationSettings Evaluation { get; init; }

    /// <summary>Settings of a side, by its name.</summary>
    public required IReadOnlyDictionary<string, SideConfig> Sides { get; init; }

    /// <summary>The keys whose values are AlignBench's, with the reason; all others are the source's.</summary>
    public required IReadOnlyDictionary<string, string> Ours { get; init; }

    /// <summary>The catalog.</summary>
    public static IReadOnlyList<AdapterPreset> All { get; } = [BlogPreset.Preset];

    /// <exception cref="ConfigException">No preset has that name.</exception>
    public static AdapterPreset Find(string file, string name)
    {
        string[] names = [.. All.Select(preset => preset.Name)];
        return All.FirstOrDefault(preset => preset.Name == name) ?? throw new ConfigException(
            $"{file}: unknown preset '{name}'{Suggestion.For(name, names)}; expected {string.Join(" or ", names)}");
    }
}
