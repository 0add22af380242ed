using AlignBench.Features;

namespace AlignBench.Similarity;

/// <summary>How scores are computed.</summary>
public enum SimilarityPreset
{
    /// <summary>Features as they are, float64, ties by lower index, no epsilons.</summary>
    Strict,

    /// <summary>The numbers of minyoungg/platonic-rep, its oddities included.</summary>
    Platonic,
}

/// <summary>The presets by name.</summary>
public static class SimilarityPresets
{
    /// <summary>Name, one line for <c>alignbench list presets</c>, source.</summary>
    public static IReadOnlyList<(SimilarityPreset Preset, string Name, string Description, string Source)> All { get; } =
    [
        (
            SimilarityPreset.Strict,
            "strict",
            "similarity: features as they are, float64, ties by the lower index, scores of 1 for equal spaces",
            "the papers' own definitions; docs/scores.md"),
        (
            SimilarityPreset.Platonic,
            "platonic",
            "similarity: outliers cut at the .95 quantile, rows normalised, 1e-6 in normalizers, LCS not divided by k",
            "minyoungg/platonic-rep, metrics.py"),
    ];

    public static string NameOf(SimilarityPreset preset) => All.First(entry => entry.Preset == preset).Name;

    /// <exception cref="ConfigException">No preset has that name.</exception>
    public static SimilarityPreset Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach ((SimilarityPreset preset, string known, _, _) in All)
        {
            if (known == name)
            {
                return preset;
            }
        }

        string names = string.Join(" or ", All.Select(entry => entry.Name));
        throw new ConfigException(
            $"unknown preset '{name}'{Suggestion.For(name, All.Select(entry => entry.Name))}; expected {names}");
    }

    /// <summary>One model's layers as the preset's metrics take them.</summary>
    public static FeatureMatrix[] Prepare(SimilarityPreset preset, IReadOnlyList<FeatureMatrix> layers) =>
        preset == SimilarityPreset.Platonic ? PlatonicPreparation.Prepare(layers) : [.. layers];
}
