using AlignBench.Features;
using AlignBench.Models;

namespace AlignBench.Experiments.Measures;

/// <summary>The features of every layer of a model, pooled as the study pools one.</summary>
internal static class LayerSelections
{
    /// <summary>The config's word for all layers.</summary>
    public const string All = "all";

    /// <summary>The config's word for the study's layer alone.</summary>
    public const string None = "none";

    /// <summary>Names for layers 0 … depth (0 is what goes into the first block), in order.</summary>
    /// <param name="selection">The study's own layer and pooling.</param>
    /// <param name="model">Whose depth.</param>
    /// <exception cref="ConfigException">The selection has no layer.</exception>
    public static string[] Of(string selection, ModelSource model)
    {
        FeatureSelection own = FeatureSelection.Parse(selection);
        return own.Pooling is Pooling.Pooled or Pooling.Embeds
            ? throw new ConfigException($"layers: expected features of a layer, as penultimate_mean, got '{selection}' of {model.Name}")
            : [.. Enumerable.Range(0, model.Shape().Depth + 1).Select(layer => (own with { Layer = layer }).Name)];
    }
}
