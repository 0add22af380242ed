using AlignBench.Features;

namespace AlignBench.Experiments;

/// <summary>The features that an experiment needs, of one model each, extracted where the store lacks them.</summary>
internal sealed class PlanFeatures(
    FeatureStore store, int threads, int maxSkipped, IProgress<StageProgress>? progress, Serilog.ILogger log)
{
    private readonly FeatureExtraction _extraction = new(store, threads, log);

    public FeatureTable OfImages(ExperimentPlan plan, ModelSource model, string selection, CancellationToken cancellation)
    {
        Dictionary<string, string> imageOf = [];
        foreach (Data.Item item in plan.Items)
        {
            for (int k = 0; k < item.Images.Length; k++)
            {
                imageOf.Add(DatasetExtraction.Entry(item, k), item.Images[k].Id);
            }
        }

        string[] entries = Distinct(plan.Conditions.Select(condition => condition.Images));
        ImageRequest request = new()
        {
            Dataset = plan.Dataset.Name,
            Source = plan.Dataset,
            Ids = entries,
            ImageIds = [.. entries.Select(entry => imageOf[entry])],
            MaxSkipped = maxSkipped,
        };
        string[] wanted = [selection];
        FeatureRecipe[] recipes = model.Recipes(wanted, store.Digests);
        return Load(_extraction.Images(request, recipes, () => model.OpenImages(wanted), progress, cancellation)[0]);
    }

    public FeatureTable OfCaptions(ExperimentPlan plan, ModelSource model, string selection, CancellationToken cancellation)
    {
        Dictionary<string, string> textOf = [];
        foreach (Data.Item item in plan.Items)
        {
            for (int k = 0; k < item.Captions.Length; k++)
            {
                textOf.Add(DatasetExtraction.Entry(item, k), item.Captions[k].Text);
            }
        }

        string[] entries = Distinct(plan.Conditions.Select(condition => condition.Captions));
        CaptionRequest request = new()
        {
            Dataset = plan.Dataset.Name,
            Ids = entries,
            Texts = [.. entries.Select(entry => textOf[entry])],
            MaxSkipped = maxSkipped,
        };
        string[] wanted = [selection];
        FeatureRecipe[] recipes = model.Recipes(wanted, store.Digests);
        return Load(_extraction.Captions(request, recipes, () => model.OpenCaptions(wanted), progress, cancellation)[0]);
    }

    private static string[] Distinct(IEnumerable<string[][]> groups) =>
        [.. groups.SelectMany(group => group).SelectMany(entries => entries).Distinct()];

    private static FeatureTable Load(string path)
    {
        using FeatureFile file = new(path);
        return FeatureTable.Load(file);
    }
}
