namespace AlignBench.Regression;

/// <summary>The presets by name.</summary>
public static class RidgePresets
{
    /// <summary>The default: the scores of the published study.</summary>
    public static RidgePreset NeuroAIMetrics { get; } = new()
    {
        Name = "neuroaimetrics",
        Description = "5 shuffled folds (seed 42); training and test rows each standardised by their own "
            + "statistics; one alpha of 1e-8 ... 1e8 for all targets by leave-one-out squared error; Pearson "
            + "r averaged over targets",
        Source = "anshksoni/NeuroAIMetrics, utils/metrics.py, LinearPredictivity",
    };

    public static IReadOnlyList<RidgePreset> All { get; } = [NeuroAIMetrics];

    /// <exception cref="ConfigException">No preset has this name.</exception>
    public static RidgePreset Find(string name) =>
        All.FirstOrDefault(preset => preset.Name == name)
        ?? throw new ConfigException(
            $"unknown ridge preset \"{name}\"; there are "
            + string.Join(", ", All.Select(preset => preset.Name)));
}
