using AlignBench.Data;
using YamlDotNet.Serialization.NamingConventions;

namespace AlignBench.Experiments;

/// <summary>Every key that an experiment file may have.</summary>
internal static class StudyKeys
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. new[] { typeof(StudyConfig), typeof(ExperimentConfig), typeof(DataConfig), typeof(DatasetColumns) }
            .SelectMany(type => type.GetProperties())
            .Where(property => property.CanWrite)
            .Select(property => UnderscoredNamingConvention.Instance.Apply(property.Name))
            .Distinct(),
    ];
}
