using AlignBench.Regression.Presets;

namespace AlignBench.Experiments;

/// <summary>A study's preset with the study's own numbers put in.</summary>
internal static class StudyPreset
{
    /// <exception cref="ConfigException">No preset has that name.</exception>
    public static RidgePreset Of(StudyConfig study)
    {
        RidgePreset preset = RidgePresets.Find(study.Preset);
        return preset with
        {
            Components = study.Components ?? preset.Components,
            Seed = study.FoldSeed is long seed ? checked((uint)seed) : preset.Seed,
            Alphas = study.Alpha is double alpha ? [alpha] : preset.Alphas,
        };
    }

    /// <exception cref="ConfigException">A key of the preset is wrong.</exception>
    public static void Check(string path, StudyConfig study)
    {
        try
        {
            RidgePreset preset = Of(study);
            if (study.Alpha is not null && RidgePresets.Find(study.Preset) != RidgePresets.FixedAlpha)
            {
                throw new ConfigException($"alpha has no meaning for preset '{study.Preset}', which searches one");
            }

            preset.ThrowIfUnusable();
        }
        catch (ConfigException e)
        {
            throw new ConfigException($"{path}: {e.Message}");
        }
    }
}
