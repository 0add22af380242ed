using System.Reflection;
using AlignBench.Adapters.Losses;
using AlignBench.Data;
using AlignBench.Experiments.Adapters;
using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Features;
using AlignBench.Regression.Presets;

namespace AlignBench.Experiments.Schema;

/// <summary>The words that a key of an experiment file may have as its value.</summary>
internal static class ConfigWords
{
    private static readonly string[] s_folds = [Folding.Plain, Folding.Grouped, Folding.Both];
    private static readonly string[] s_layers = [LayerSelections.None, LayerSelections.All];

    private static readonly Dictionary<(Type, string), string[]> s_words = new()
    {
        [(typeof(StudyConfig), nameof(StudyConfig.Sampler))] = [.. RandomSample.Names],
        [(typeof(StudyConfig), nameof(StudyConfig.Preset))] =
            [.. RidgePresets.All.Select(preset => preset.Name), .. RidgePresets.Aliases.Select(alias => alias.Key)],
        [(typeof(StudyConfig), nameof(StudyConfig.Folds))] = s_folds,
        [(typeof(StudyConfig), nameof(StudyConfig.Layers))] = s_layers,
        [(typeof(StudyConfig), nameof(StudyConfig.Precision))] = [.. EncoderPrecision.Names],
        [(typeof(AdapterStudyConfig), nameof(AdapterStudyConfig.Precision))] = [.. EncoderPrecision.Names],
        [(typeof(ExperimentConfig), nameof(ExperimentConfig.Kind))] = [.. ExperimentKind.All.Select(kind => kind.Name)],
        [(typeof(ExperimentConfig), nameof(ExperimentConfig.Folds))] = s_folds,
        [(typeof(ExperimentConfig), nameof(ExperimentConfig.Layers))] = s_layers,
        [(typeof(ExperimentConfig), nameof(ExperimentConfig.Pairs))] = [.. PreferenceExperiment.Rules],
        [(typeof(ExperimentConfig), nameof(ExperimentConfig.Average))] = [.. AveragingExperiment.Averaged],
        [(typeof(ExperimentConfig), nameof(ExperimentConfig.Split))] = [.. ClipScoreExperiment.Splits],
        [(typeof(DataConfig), nameof(DataConfig.Format))] = [.. DatasetCatalog.Formats.Select(format => format.Name)],
        [(typeof(DataConfig), nameof(DataConfig.Orientation))] =
            [DatasetSource.ApplyOrientation, DatasetSource.IgnoreOrientation],
        [(typeof(AdapterStudyConfig), nameof(AdapterStudyConfig.Preset))] =
            [.. AdapterPreset.All.Select(preset => preset.Name)],
        [(typeof(SideConfig), nameof(SideConfig.Of))] = Words(AdapterWords.Contents),
        [(typeof(AdapterRunConfig), nameof(AdapterRunConfig.Kind))] = Words(AdapterWords.Kinds),
        [(typeof(AdapterSettings), nameof(AdapterSettings.Gelu))] = Words(AdapterWords.Gelus),
        [(typeof(AdapterSettings), nameof(AdapterSettings.Objective))] = [.. ObjectiveKind.All.Select(kind => kind.Name)],
        [(typeof(AdapterSettings), nameof(AdapterSettings.Direction))] = Words(AdapterWords.Directions),
        [(typeof(AdapterSettings), nameof(AdapterSettings.Normalize))] = Words(AdapterWords.Normalizations),
        [(typeof(AdapterSettings), nameof(AdapterSettings.LastBatch))] = Words(AdapterWords.LastBatches),
        [(typeof(AdapterSettings), nameof(AdapterSettings.WarmupFrom))] = Words(AdapterWords.WarmUps),
        [(typeof(AdapterSettings), nameof(AdapterSettings.Decay))] = Words(AdapterWords.Decays),
        [(typeof(AdapterSettings), nameof(AdapterSettings.LearnLambda))] = Words(AdapterWords.LambdaLosses),
        [(typeof(AdapterSettings), nameof(AdapterSettings.Precision))] = Words(AdapterWords.Precisions),
        [(typeof(EvaluationSettings), nameof(EvaluationSettings.Split))] = Words(AdapterWords.Splits),
        [(typeof(EvaluationSettings), nameof(EvaluationSettings.Kernels))] = Words(AdapterWords.Kernels),
        [(typeof(EvaluationSettings), nameof(EvaluationSettings.RowSets))] = AdapterWords.RowSets,
        [(typeof(EvaluationSettings), nameof(EvaluationSettings.RecallEpochs))] = Words(AdapterWords.RecallEpochs),
    };

    /// <summary>Null where any value of the type will do.</summary>
    public static string[]? Of(PropertyInfo property) =>
        s_words.GetValueOrDefault((property.DeclaringType!, property.Name));

    /// <summary>Text in a config that YAML by itself takes for a truth or a number: <c>true</c>, <c>50</c>.</summary>
    public static bool MayLookLikeAnotherType(PropertyInfo property) =>
        (property.DeclaringType!, property.Name) is var key
        && (key == (typeof(AdapterSettings), nameof(AdapterSettings.Pairs))
            || key == (typeof(ExperimentConfig), nameof(ExperimentConfig.Subsets)));

    private static string[] Words<T>((string Word, T Value)[] words) => [.. words.Select(pair => pair.Word)];
}
