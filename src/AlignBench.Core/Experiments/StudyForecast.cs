using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Features;

namespace AlignBench.Experiments;

/// <summary>An experiment that would be run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Folding">plain or grouped.</param>
/// <param name="Units">Units of the first condition.</param>
/// <param name="Conditions">Controls included.</param>
/// <param name="Scores">Pairs, directions and conditions.</param>
public sealed record ForecastExperiment(
    string Name, string Kind, string Folding, int Units, int Conditions, int Scores);

/// <summary>Features that would be needed: one model, one data set.</summary>
/// <param name="Model">Short name.</param>
/// <param name="Dataset">Its folder in the store.</param>
/// <param name="Selection">Layer and pooling.</param>
/// <param name="Entries">Images or captions.</param>
/// <param name="ToEncode">
/// Those that the store lacks, equal captions once; of images, whose bytes are not read here, the most there can be.
/// </param>
/// <param name="Bytes">The stored file's size, about.</param>
/// <param name="Seconds">As long as the latest run's entries took; null if no run of this model is known.</param>
public sealed record ForecastFeatures(
    string Model, string Dataset, string Selection, int Entries, int ToEncode, long Bytes, double? Seconds);

/// <summary>What a study would compute, with nothing encoded or scored: data are read, models looked at by shapes.</summary>
/// <param name="Experiments">In order.</param>
/// <param name="Features">In order of use, each stored file once.</param>
public sealed record StudyForecast(
    IReadOnlyList<ForecastExperiment> Experiments, IReadOnlyList<ForecastFeatures> Features)
{
    private const int EntryOverhead = 64;      // digest, row, id

    /// <param name="study">What would be run.</param>
    /// <param name="options">Which experiments; where the store is.</param>
    /// <param name="results">A folder of earlier runs.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="AlignBenchException">The data, a checkpoint or the config can't be used.</exception>
    public static StudyForecast Of(
        StudyConfig study, StudyOptions options, string results, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(options);
        study = StudyRunner.Restrict(study, options.Only);
        StudyModels models = StudyModels.Find(study);
        FeatureStore store = new(options.Features);
        Dictionary<string, double> seconds = RunManifest.SecondsOfEntries(results);
        List<ForecastExperiment> experiments = [];
        Dictionary<string, ForecastFeatures> features = [];
        foreach (OpenedExperiment opened in study.Experiments.Select(OpenedExperiment.Open))
        {
            ExperimentPlan plan = opened.Read(study, features: null, cancellation);
            experiments.Add(new ForecastExperiment(
                plan.Experiment, opened.Config.Kind, plan.Folding, plan.Conditions[0].Groups.Length,
                plan.Conditions.Length,
                plan.Conditions.Length * models.Vision.Length * models.Language.Length * Direction.All.Count));
            foreach ((ModelSource model, FeatureRequest request, string selection) in Requests(study, opened.Config, plan, models))
            {
                FeatureRecipe recipe = model.Recipes(
                    [selection], store.Digests, request is ImageRequest images && images.Source.IgnoresOrientation)[0];
                string path = store.PathOf(request, recipe);
                int count = request.Ids.Length;
                int missing = Missing(store, recipe, request, path);
                features.TryAdd(path, new ForecastFeatures(
                    model.Name, request.Dataset, selection, count, missing,
                    File.Exists(path) ? 0 : (long)count * ((sizeof(float) * model.Shape().Width) + EntryOverhead),
                    missing == 0 ? 0.0 : seconds.TryGetValue(model.Name, out double each) ? each * missing : null));
            }
        }

        store.Digests.Save();
        return new StudyForecast(experiments, [.. features.Values]);
    }

    private static int Missing(FeatureStore store, FeatureRecipe recipe, FeatureRequest request, string path)
    {
        if (File.Exists(path))
        {
            return 0;
        }

        return request is CaptionRequest captions
            ? captions.Texts.Select(ContentDigest.Of).Distinct().Except(store.ContentsOf(recipe)).Count()
            : request.Ids.Length;
    }

    private static string[] AllCaptions(ExperimentPlan plan) =>
        [.. plan.Items.SelectMany(item => item.Captions.Select((_, k) => DatasetExtraction.Entry(item, k)))];

    private static IEnumerable<(ModelSource Model, FeatureRequest Request, string Selection)> Requests(
        StudyConfig study, ExperimentConfig experiment, ExperimentPlan plan, StudyModels models)
    {
        FeatureRequests requests = new(plan.Dataset, plan.Items, study.MaxSkipped);
        string[] images = plan.Entries(condition => condition.Images);
        string[] captions = experiment.Clip is null
            ? plan.Entries(condition => condition.Captions)
            : AllCaptions(plan);                   // which ones are compared is known once they are scored
        if (experiment.Clip is string checkpoint)
        {
            ModelSource clip = ModelSource.Find(checkpoint, study.Root, study.Precision)
                .RequireImages().RequireCaptions();
            yield return (clip, requests.Images(images), ClipScoreExperiment.Embeds);
            yield return (clip, requests.Captions(captions, experiment.Prefix ?? ""), ClipScoreExperiment.Embeds);
        }

        bool withLayers = StudyModels.HasLayers(study, experiment);
        foreach (ModelSource model in models.Vision)
        {
            foreach (string selection in StudyModels.Selections(study.VisionFeatures, model, withLayers))
            {
                yield return (model, requests.Images(images), selection);
            }
        }

        foreach (ModelSource model in models.Language)
        {
            foreach (string selection in StudyModels.Selections(study.LanguageFeatures, model, withLayers))
            {
                yield return (model, requests.Captions(captions), selection);
            }
        }
    }
}
