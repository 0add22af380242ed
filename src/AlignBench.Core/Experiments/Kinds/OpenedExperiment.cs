using AlignBench.Data;
using AlignBench.Features;
using AlignBench.Regression.Presets;

namespace AlignBench.Experiments.Kinds;

/// <summary>An experiment with its data sets opened.</summary>
/// <param name="Config">Its keys.</param>
/// <param name="Dataset">Where its images come from.</param>
/// <param name="Captions">Where its captions come from, if not from there.</param>
internal sealed record OpenedExperiment(ExperimentConfig Config, IDataset Dataset, IDataset? Captions)
{
    /// <exception cref="DataException">There is nothing to open.</exception>
    public static OpenedExperiment Open(ExperimentConfig experiment) => new(
        experiment,
        Open(experiment.Data),
        experiment.CaptionsFrom is DataConfig captions ? Open(captions) : null);

    /// <summary>The data sets of all experiments.</summary>
    public static IEnumerable<IDataset> Datasets(IEnumerable<OpenedExperiment> experiments) =>
        experiments.SelectMany(e => e.Captions is null ? [e.Dataset] : (IDataset[])[e.Dataset, e.Captions]);

    /// <summary>Reads the items and decides what is computed.</summary>
    /// <param name="study">Sample, seed.</param>
    /// <param name="features">For plans that depend on features; null: those take in all that may be needed.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="DataException">Rows can't be used, or too few units are left.</exception>
    public ExperimentPlan Read(StudyConfig study, PlanFeatures? features, CancellationToken cancellation)
    {
        DatasetItems items = Dataset.ReadItems(cancellation);
        DatasetItems? captions = Captions?.ReadItems(cancellation);
        DatasetExtraction.ThrowIfTooMany([.. items.Skipped, .. captions?.Skipped ?? []], study.MaxSkipped);
        ExperimentPlan plan = ExperimentKind.Named(study.Name, Config).Plan(new PlanInput(study, Config, Dataset, items)
        {
            Captions = captions,
            Features = features,
            Cancellation = cancellation,
        });
        plan = plan with { Folding = Config.Folds ?? study.Folds };
        ThrowIfTooFew(plan, StudyPreset.Of(study));
        return plan;
    }

    /// <exception cref="DataException">There are less than two units a fold.</exception>
    public static void ThrowIfTooFew(ExperimentPlan plan, RidgePreset preset)
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

    private static IDataset Open(DataConfig data) => DatasetCatalog.Open(data.ToSource());
}
