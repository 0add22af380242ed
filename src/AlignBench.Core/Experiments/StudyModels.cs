using AlignBench.Experiments.Measures;
using AlignBench.Features;

namespace AlignBench.Experiments;

/// <summary>The models of a study, found and checked by names and shapes.</summary>
/// <param name="Vision">In the config's order.</param>
/// <param name="Language">In the config's order.</param>
internal sealed record StudyModels(ModelSource[] Vision, ModelSource[] Language)
{
    /// <exception cref="AlignBenchException">A checkpoint is missing or can't be used.</exception>
    public static StudyModels Find(StudyConfig study)
    {
        StudyModels models = new(
            [.. study.Vision.Select(model => ModelSource.Find(model, study.Root, study.Precision).RequireImages())],
            [.. study.Language.Select(model => ModelSource.Find(model, study.Root, study.Precision).RequireCaptions())]);
        bool anyLayers = study.Experiments.Any(experiment => HasLayers(study, experiment));
        foreach (ModelSource model in models.Vision)
        {
            model.Check(Selections(study.VisionFeatures, model, anyLayers));
        }

        foreach (ModelSource model in models.Language)
        {
            model.Check(Selections(study.LanguageFeatures, model, anyLayers));
        }

        return models;
    }

    /// <summary>Whether an experiment scores every layer.</summary>
    public static bool HasLayers(StudyConfig study, ExperimentConfig experiment) =>
        (experiment.Layers ?? study.Layers) == LayerSelections.All;

    /// <summary>The study's own features first, then every layer's if they are wanted.</summary>
    public static string[] Selections(string own, ModelSource model, bool withLayers) =>
        withLayers ? [own, .. LayerSelections.Of(own, model)] : [own];
}
