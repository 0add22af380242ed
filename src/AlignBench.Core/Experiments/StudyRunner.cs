using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Experiments.Tables;
using AlignBench.Features;
using Serilog;

namespace AlignBench.Experiments;

/// <summary>How a study is run; nothing here changes a number.</summary>
/// <param name="Features">Folder of the feature store.</param>
/// <param name="Threads">Items encoded, and pairs scored, at a time.</param>
/// <param name="Only">Names of the experiments to run; empty: all.</param>
/// <param name="Force">Run even if the results are up to date.</param>
public sealed record StudyOptions(string Features, int Threads, IReadOnlyList<string> Only, bool Force);

/// <summary>Runs the experiments of a study: shards and checkpoints in, tables out.</summary>
public sealed class StudyRunner(StudyOptions options, ILogger log)
{
    /// <param name="study">What to run.</param>
    /// <param name="output">Folder for the tables; made if it is not there.</param>
    /// <param name="progress">Told how far each extraction is.</param>
    /// <param name="cancellation">Stops the run; stored features are kept.</param>
    /// <returns>False if the tables there were up to date and nothing was done.</returns>
    /// <exception cref="AlignBenchException">The data, a checkpoint or the config can't be used.</exception>
    public bool Run(
        StudyConfig study, string output, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(study);
        study = Restrict(study, options.Only);
        FeatureStore store = new(options.Features);
        OpenedExperiment[] experiments = [.. study.Experiments.Select(OpenedExperiment.Open)];
        RunManifest manifest = RunManifest.Begin(study, OpenedExperiment.Datasets(experiments), options.Threads);
        if (!options.Force && manifest.IsUpToDate(output, store.Digests))
        {
            store.Digests.Save();
            return false;
        }

        AtomicFile.ThrowIfUnwritable(output);
        StudyModels models = StudyModels.Find(study);
        PlanFeatures features = new(store, options.Threads, study.MaxSkipped, progress, log);
        List<ExperimentResult> results = [];
        foreach (OpenedExperiment experiment in experiments)
        {
            using Stage reading = manifest.Time($"{experiment.Config.Name}: read");
            ExperimentPlan plan = experiment.Read(study, features, cancellation);
            reading.Dispose();
            results.Add(RunExperiment(study, plan, models, features, manifest, cancellation));
        }

        RunManifest.RemoveOutputs(output);
        StudyTables.Write(output, study, results);
        manifest.Complete(output, store.Digests, features, results);
        store.Digests.Save();
        return true;
    }

    /// <summary>The study with the named experiments only; all of them for no name.</summary>
    /// <exception cref="ConfigException">The study has no experiment of that name.</exception>
    internal static StudyConfig Restrict(StudyConfig study, IReadOnlyList<string> only)
    {
        string[] names = [.. study.Experiments.Select(experiment => experiment.Name)];
        if (only.FirstOrDefault(name => !names.Contains(name)) is string unknown)
        {
            throw new ConfigException(
                $"unknown experiment '{unknown}'{Suggestion.For(unknown, names)}; {study.Name} has {string.Join(", ", names)}");
        }

        return only.Count == 0
            ? study
            : study with { Experiments = [.. study.Experiments.Where(e => only.Contains(e.Name))] };
    }

    private ExperimentResult RunExperiment(
        StudyConfig study,
        ExperimentPlan plan,
        StudyModels models,
        PlanFeatures features,
        RunManifest manifest,
        CancellationToken cancellation)
    {
        ModelFeatures[] vision;
        ModelFeatures[] language;
        using (manifest.Time($"{plan.Experiment}: features"))
        {
            FeatureRequests requests = new(plan.Dataset, plan.Items, study.MaxSkipped);
            ImageRequest images = requests.Images(plan.Entries(condition => condition.Images));
            CaptionRequest captions = requests.Captions(plan.Entries(condition => condition.Captions));
            bool withLayers = StudyModels.HasLayers(study, Config(study, plan));
            vision =
            [
                .. models.Vision.Select(model => Of(model, features.Of(
                    images, model, StudyModels.Selections(study.VisionFeatures, model, withLayers), cancellation))),
            ];
            language =
            [
                .. models.Language.Select(model => Of(model, features.Of(
                    captions, model, StudyModels.Selections(study.LanguageFeatures, model, withLayers), cancellation))),
            ];
        }

        using (manifest.Time($"{plan.Experiment}: scores"))
        {
            plan = PlanUnits.WithFeatures(
                plan, [.. vision.Select(model => model.Table)], [.. language.Select(model => model.Table)]);
            OpenedExperiment.ThrowIfTooFew(plan, StudyPreset.Of(study));
            return Score(study, plan, vision, language, cancellation);
        }
    }

    private ExperimentResult Score(
        StudyConfig study,
        ExperimentPlan plan,
        ModelFeatures[] vision,
        ModelFeatures[] language,
        CancellationToken cancellation)
    {
        ExperimentConfig config = Config(study, plan);
        Scoring scoring = new(
            StudyPreset.Of(study),
            options.Threads,
            config.Null ?? study.Null,
            config.Bootstrap ?? study.Bootstrap,
            checked((uint)study.Seed));
        if (plan.IsCurve)
        {
            ModelFeatures[] averaged = AveragedFeatures.IsOfCaptions(plan) ? language : vision;
            PlanTable spread = AveragedFeatures.Of(plan, averaged, options.Threads, cancellation);
            plan = plan with { Tables = [.. plan.Tables, spread] };
        }

        ExperimentResult result = new PairScorer(scoring).Score(plan, vision, language, cancellation);
        List<PlanTable> more = [];
        if (study.Confounds)
        {
            more.Add(Confounds.Of(result, vision, language, scoring, log, cancellation));
        }

        if (StudyModels.HasLayers(study, config))
        {
            IReadOnlyList<LayerScores> layers = new LayerScorer(scoring).Score(plan, vision, language, cancellation);
            more.AddRange([LayerTables.Scores(plan, layers), LayerTables.Best(plan, layers)]);
        }

        log.Information(
            "Scored {Experiment:l}: {Scores} scores of {Units} units",
            plan.Experiment, result.Scores.Count, plan.Conditions[0].Groups.Length);
        return result with { Plan = plan with { Tables = [.. plan.Tables, .. more] } };
    }

    private static ExperimentConfig Config(StudyConfig study, ExperimentPlan plan) =>
        study.Experiments.First(experiment => experiment.Name == plan.Experiment);

    /// <summary>The study's own features, then those of every layer.</summary>
    private static ModelFeatures Of(ModelSource model, FeatureTable[] tables) =>
        new(model.Name, tables[0]) { Layers = tables[1..] };
}
