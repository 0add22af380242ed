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
            [.. study.Vision.Select(model => ModelSource.Find(model, study.Root).RequireImages())],
            [.. study.Language.Select(model => ModelSource.Find(model, study.Root).RequireCaptions())]);
        foreach (ModelSource model in models.Vision)
        {
            model.Check([study.VisionFeatures]);
        }

        foreach (ModelSource model in models.Language)
        {
            model.Check([study.LanguageFeatures]);
        }

        return models;
    }
}
