namespace AlignBench.Experiments.Adapters;

/// <summary>One row of <c>adapters_zero_shot.csv</c>, but for adapter, time and seed.</summary>
/// <param name="Method"><c>class_names</c> or <c>head</c>.</param>
/// <param name="Embedding"><c>image</c>, <c>multimodal</c>, or <c>reference</c>: the frozen features that a head is for.</param>
/// <param name="Lambda">Weight of the image.</param>
/// <param name="TextSource">Where the rest of the embedding comes from.</param>
/// <param name="Map">What brings the shared space onto the reference's: <c>none</c>, <c>procrustes</c>.</param>
/// <param name="Items">n.</param>
/// <param name="Classes">c.</param>
/// <param name="Top1">Share of items whose class scores highest.</param>
/// <param name="Top5">Share of items whose class is among the five highest.</param>
/// <param name="MeanPerClass">Mean of the classes' own top-1 shares.</param>
internal sealed record ZeroShotScore(
    string Method, string Embedding, double Lambda, string TextSource, string Map,
    int Items, int Classes, double Top1, double Top5, double MeanPerClass)
{
    public static IReadOnlyList<string> Columns { get; } =
    [
        "adapter", "when", "method", "embedding", "lambda", "text_source", "map", "items", "classes", "top1", "top5",
        "mean_per_class", "chance", "seed",
    ];

    public object?[] Cells(string adapter, string when, long? seed) =>
    [
        adapter, when, Method, Embedding, Lambda, TextSource, Map, Items, Classes, Top1, Top5, MeanPerClass, 1.0 / Classes, seed,
    ];
}
