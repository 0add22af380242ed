using System.Text.Json;
using AlignBench.Features;
using AlignBench.Tests.Regression;
using AlignBench.Tests.Statistics;

namespace AlignBench.Tests.Similarity;

/// <summary>One case of tests/goldens/metrics.</summary>
internal sealed class MetricGolden(string name)
{
    public JsonElement Json { get; } = GoldenJson.Load("metrics", name + ".json");

    public GoldenTensors Tensors { get; } = new(TestPaths.Golden("metrics", name + ".safetensors"));

    /// <summary>[n, layers, d] as a matrix a layer.</summary>
    public FeatureMatrix[] Layers(string tensor)
    {
        int[] shape = Tensors.Shape(tensor);
        return
        [
            .. Enumerable.Range(0, shape[1]).Select(layer => new FeatureMatrix(
                shape[0],
                shape[2],
                [.. Enumerable.Range(0, shape[0]).SelectMany(i => Tensors.Row(tensor, i, layer))])),
        ];
    }

    public int[] Integers(string tensor) => [.. Tensors.Values(tensor).Select(value => (int)value)];
}
