using AlignBench.Data;

namespace AlignBench.Experiments;

/// <summary>A kind of experiment: how items become conditions.</summary>
/// <param name="Name">As in YAML.</param>
/// <param name="Description">One line for <c>alignbench list experiments</c>.</param>
/// <param name="Source">The paper and section that it follows.</param>
/// <param name="Check">Throws if a key that the kind needs is missing, wrong, or of another kind.</param>
/// <param name="Plan">Makes the conditions of a data set's items.</param>
public sealed record ExperimentKind(
    string Name,
    string Description,
    string Source,
    Action<string, ExperimentConfig> Check,
    Func<StudyConfig, ExperimentConfig, IDataset, DatasetItems, ExperimentPlan> Plan)
{
    /// <summary>The catalog.</summary>
    public static IReadOnlyList<ExperimentKind> All { get; } =
    [
        PreferenceExperiment.Kind,
        AveragingExperiment.Kind,
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
    internal static void Forbid(string file, ExperimentConfig experiment, string key, object? value)
    {
        if (value is not null)
        {
            throw new ConfigException(
                $"{file}: experiment '{experiment.Name}': {key} has no meaning for kind '{experiment.Kind}'");
        }
    }
}
