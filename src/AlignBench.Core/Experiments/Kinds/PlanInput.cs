using AlignBench.Data;

namespace AlignBench.Experiments.Kinds;

/// <summary>What a kind of experiment makes its plan of.</summary>
/// <param name="Study">Seed and sample size.</param>
/// <param name="Experiment">The kind's keys.</param>
/// <param name="Dataset">Where the items come from.</param>
/// <param name="Items">All of them.</param>
internal sealed record PlanInput(
    StudyConfig Study, ExperimentConfig Experiment, IDataset Dataset, DatasetItems Items)
{
    /// <summary>Features for plans that depend on some (a caption's CLIP score); null in a plan that does not.</summary>
    public PlanFeatures? Features { get; init; }

    /// <summary>The items of <c>captions_from</c>, if the experiment has that key.</summary>
    public DatasetItems? Captions { get; init; }

    public CancellationToken Cancellation { get; init; }
}
