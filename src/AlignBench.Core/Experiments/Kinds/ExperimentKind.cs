namespace AlignBench.Experiments.Kinds;

/// <summary>A kind of experiment: how items become conditions.</summary>
/// <param name="Name">As in YAML.</param>
/// <param name="Description">One line for <c>alignbench list experiments</c>.</param>
/// <param name="Source">The paper and section that it follows.</param>
/// <param name="Check">Throws if a key that the kind needs is missing, wrong, or of another kind.</param>
/// <param name="Plan">Makes the conditions of a data set's items.</param>
internal sealed record ExperimentKind(
    string Name,
    string Description,
    string Source,
    Action<string, ExperimentConfig> Check,
    Func<PlanInput, ExperimentPlan> Plan)
{
    /// <summary>The catalog.</summary>
    public static IReadOnlyList<ExperimentKind> All { get; } =
    [
        PreferenceExperiment.Kind,
        AveragingExperiment.Kind,
        ClipScoreExperiment.Kind,
        GridExperiment.Kind,
    ];

    /// <exception cref="ConfigException">No kind has that name.</exception>
    public static ExperimentKind Named(string file, ExperimentConfig experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return All.FirstOrDefault(kind => kind.Name == experiment.Kind)
            ?? throw new ConfigException(
                $"{file}: experiment '{experiment.Name}': unknown kind '{experiment.Kind}'"
                + $"{Suggestion.For(experiment.Kind, All.Select(kind => kind.Name))}; "
                + $"expected {string.Join(" or ", All.Select(kind => kind.Name))}");
    }

    /// <summary>Throws unless a key has one of the words.</summary>
    internal static void RequireWord(string file, ExperimentConfig experiment, string key, string? word, params string[] words)
    {
        if (word is null || !words.Contains(word))
        {
            string got = word is null ? "nothing" : $"'{word}'{Suggestion.For(word, words)}";
            throw new ConfigException(
                $"{file}: experiment '{experiment.Name}': {key}: expected {string.Join(" or ", words)}, got {got}");
        }
    }

    /// <summary>Throws if a key of another kind is set.</summary>
    internal static void ForbidAllBut(string file, ExperimentConfig experiment, params string[] keys)
    {
        (string Key, object? Value)[] ofKinds =
        [
            ("pairs", experiment.Pairs), ("average", experiment.Average), ("up_to", experiment.UpTo),
            ("clip", experiment.Clip), ("prefix", experiment.Prefix), ("split", experiment.Split),
            ("subsets", experiment.Subsets), ("unrelated", experiment.Unrelated),
            ("captions_from", experiment.CaptionsFrom),
        ];
        string? wrong = ofKinds.FirstOrDefault(own => own.Value is not null && !keys.Contains(own.Key)).Key;
        if (wrong is not null)
        {
            throw new ConfigException(
                $"{file}: experiment '{experiment.Name}': {wrong} has no meaning for kind '{experiment.Kind}'");
        }
    }
}

/// <summary>The kinds of experiment, for <c>alignbench list experiments</c>.</summary>
public static class ExperimentCatalog
{
    /// <summary>Name as in YAML, what it does, and the paper that it follows.</summary>
    public static IReadOnlyList<(string Name, string Description, string Source)> Entries { get; } =
        [.. ExperimentKind.All.Select(kind => (kind.Name, kind.Description, kind.Source))];
}
