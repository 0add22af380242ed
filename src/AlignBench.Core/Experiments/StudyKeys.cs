using AlignBench.Data;

namespace AlignBench.Experiments;

/// <summary>Every key that an experiment file may have.</summary>
internal static class StudyKeys
{
    public static IReadOnlyList<string> All { get; } =
        YamlFile.KeysOf(typeof(StudyConfig), typeof(ExperimentConfig), typeof(DataConfig), typeof(DatasetColumns));
}
