using AlignBench.Adapters;
using AlignBench.Features;
using AlignBench.Similarity.Geometry;
using AlignBench.Similarity.Retrievals;

namespace AlignBench.Experiments.Adapters;

/// <summary>
/// Classifies images by the names of the classes, and by a head that was made for the reference's features. Image
/// alone (λ = 1) is the form without leakage: a text that names the class gives the answer away.
/// </summary>
internal sealed class ZeroShotMeter(ZeroShotData data, double lambda)
{
    private const string NoText = "none";
    private const string TrueClass = "true_class_prompt";

    /// <summary>What frozen features can do: class names where both sides have one width, the head on the reference.</summary>
    public IEnumerable<ZeroShotScore> MeasureFrozen()
    {
        if (data.Images.Columns == data.Prompts.Columns)
        {
            yield return Score("class_names", "image", 1, NoText, "none", ByNames(data.Images, data.Prompts));
        }

        if (data.Head is LinearHead head && data.Reference?.Columns == head.Width)
        {
            yield return Score("head", "reference", 1, NoText, "none", head.Classify(data.Reference));
        }
    }

    /// <summary>What the adapted embeddings can do.</summary>
    /// <param name="images">[n, e].</param>
    /// <param name="prompts">[c * p, e].</param>
    /// <param name="train">Adapted embeddings of the training rows, without labels.</param>
    /// <param name="reference">The reference's features of the same rows.</param>
    /// <exception cref="ConfigException">The head is for another width.</exception>
    public IEnumerable<ZeroShotScore> Measure(
        FeatureMatrix images, FeatureMatrix prompts, EmbeddingPair train, FeatureMatrix reference)
    {
        (FeatureMatrix Embedded, FeatureMatrix Train, string Name, double Lambda, string Text)[] forms =
        [
            (images, train.First, "image", 1, NoText),
            .. data.Config.Texts == "true_class"
                ? [(new EmbeddingPair(images, OwnPrompts(prompts)).Blend(lambda), train.Blend(lambda), "multimodal", lambda, TrueClass)]
                : ((FeatureMatrix, FeatureMatrix, string, double, string)[])[],
        ];
        foreach ((FeatureMatrix embedded, FeatureMatrix trained, string name, double weight, string text) in forms)
        {
            yield return Score("class_names", name, weight, text, "none", ByNames(embedded, prompts));
            if (data.Head is LinearHead head)
            {
                ThrowIfOtherWidth(head, embedded, reference);
                yield return Score("head", name, weight, text, "none", head.Classify(embedded));
                yield return Score(
                    "head", name, weight, text, "procrustes",
                    head.Classify(OrthogonalMap.Fit(trained, reference).Apply(embedded)));
            }
        }
    }

    private ClassScores ByNames(FeatureMatrix images, FeatureMatrix prompts) =>
        ZeroShot.Classify(images, ZeroShot.ClassVectors(prompts, data.Classes.Count));

    // The first prompt of each image's own class.
    private FeatureMatrix OwnPrompts(FeatureMatrix prompts) => prompts.SelectRows(
        [.. data.Labels.Select(label => label * data.Config.Prompts.Length)]);

    private ZeroShotScore Score(string method, string embedding, double weight, string text, string map, ClassScores scores) => new(
        method, embedding, weight, text, map, scores.Items, scores.Classes,
        scores.TopK(data.Labels, 1), scores.TopK(data.Labels, 5), scores.MeanPerClass(data.Labels));

    private void ThrowIfOtherWidth(LinearHead head, FeatureMatrix embedded, FeatureMatrix reference)
    {
        if (head.Width != embedded.Columns || head.Width != reference.Columns)
        {
            throw new ConfigException(
                $"{data.Config.Head}: the head takes {head.Width} features, the shared space has {embedded.Columns} and the "
                + $"reference {reference.Columns}: DINOv2's heads need width 0 and, for the reference, last_cls_norm or "
                + "last_cls_norm+last_patch_mean_norm");
        }
    }
}
