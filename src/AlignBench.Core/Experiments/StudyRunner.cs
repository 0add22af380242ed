using AlignBench.Data;
using AlignBench.Features;
using AlignBench.Regression;
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
        study = Restrict(study);
        FeatureStore store = new(options.Features);
        IDataset[] datasets = [.. study.Experiments.Select(experiment => DatasetCatalog.Open(experiment.Data.ToSource()))];
        RunManifest manifest = RunManifest.Begin(study, datasets, options.Threads);
        if (!options.Force && manifest.IsUpToDate(output, store.Digests))
        {
            store.Digests.Save();
            return false;
        }

        RidgePreset preset = RidgePresets.Find(study.Preset);
        ModelSource[] vision = [.. study.Vision.Select(model => ModelSource.Find(model, study.Root).RequireImages())];
        ModelSource[] language = [.. study.Language.Select(model => ModelSource.Find(model, study.Root).RequireCaptions())];
        foreach (ModelSource model in vision)
        {
            model.Check([study.VisionFeatures]);
        }

        foreach (ModelSource model in language)
        {
            model.Check([study.LanguageFeatures]);
        }

        PlanFeatures features = new(store, options.Threads, study.MaxSkipped, progress, log);
        List<ExperimentResult> results = [];
        for (int i = 0; i < study.Experiments.Length; i++)
        {
            ExperimentConfig experiment = study.Experiments[i];
            using Stage reading = manifest.Time($"{experiment.Name}: read");
            ExperimentKind kind = ExperimentKind.Named(study.Name, experiment);
            DatasetItems items = datasets[i].ReadItems(cancellation);
            DatasetExtraction.ThrowIfTooMany(items.Skipped, study.MaxSkipped);
            ExperimentPlan plan = kind.Plan(new PlanInput(study, experiment, datasets[i], items)
            {
                Features = features,
                Cancellation = cancellation,
            });
            ThrowIfTooFew(plan, preset);
            reading.Dispose();

            results.Add(RunExperiment(study, plan, vision, language, preset, features, manifest, cancellation));
        }

        StudyTables.Write(output, study, results);
        manifest.Complete(output, store.Digests, results);
        store.Digests.Save();
        return true;
    }

    private ExperimentResult RunExperiment(
        StudyConfig study,
        ExperimentPlan plan,
        ModelSource[] vision,
        ModelSource[] language,
        RidgePreset preset,
        PlanFeatures features,
        RunManifest manifest,
        CancellationToken cancellation)
    {
        FeatureTable[] images;
        FeatureTable[] captions;
        using (manifest.Time($"{plan.Experiment}: features"))
        {
            string[] imageEntries = plan.Entries(condition => condition.Images);
            string[] captionEntries = plan.Entries(condition => condition.Captions);
            images =
            [
                .. vision.Select(model => features.OfImages(
                    plan.Dataset, plan.Items, imageEntries, model, study.VisionFeatures, cancellation)),
            ];
            captions =
            [
                .. language.Select(model => features.OfCaptions(
                    plan.Dataset, plan.Items, captionEntries, model, study.LanguageFeatures, cancellation)),
            ];
        }

        using (manifest.Time($"{plan.Experiment}: scores"))
        {
            ExperimentPlan complete = PlanUnits.WithFeatures(plan, images, captions);
            ThrowIfTooFew(complete, preset);
            ExperimentResult result = new PairScorer(preset, options.Threads).Score(
                complete,
                [.. vision.Zip(images, (model, table) => new ModelFeatures(model.Name, table))],
                [.. language.Zip(captions, (model, table) => new ModelFeatures(model.Name, table))],
                cancellation);
            log.Information(
                "Scored {Experiment:l}: {Scores} scores of {Units} units",
                plan.Experiment, result.Scores.Count, complete.Conditions[0].Groups.Length);
            return result;
        }
    }

    private StudyConfig Restrict(StudyConfig study)
    {
        string[] names = [.. study.Experiments.Select(experiment => experiment.Name)];
        if (options.Only.FirstOrDefault(name => !names.Contains(name)) is string unknown)
        {
            throw new ConfigException(
                $"unknown experiment '{unknown}'{Suggestion.For(unknown, names)}; {study.Name} has {string.Join(", ", names)}");
        }

        return options.Only.Count == 0
            ? study
            : study with { Experiments = [.. study.Experiments.Where(e => options.Only.Contains(e.Name))] };
    }

    private static void ThrowIfTooFew(ExperimentPlan plan, RidgePreset preset)
    {
        int needed = 2 * preset.Splits;
        int units = plan.Conditions.Min(condition => condition.Groups.Length);
        if (units < needed)
        {
            string counts = string.Join(", ", plan.Counts.Select(count => $"{count.What} {count.Count}"));
            throw new DataException(
                $"experiment '{plan.Experiment}': expected at least {needed} usable units for {preset.Splits} folds, "
                + $"got {units} ({counts})");
        }
    }
}
